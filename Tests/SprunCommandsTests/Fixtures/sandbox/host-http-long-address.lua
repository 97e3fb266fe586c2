-- It asks addresses of 10 MB, of a million parts, parameters and dots.
-- expect: harmless
for _, rest in ipairs{ ("a"):rep(10 << 20), ("/.."):rep(1000000), ("?a=b&"):rep(500000), ("%41"):rep(1000000), "#" .. ("x"):rep(1000000) } do
    pcall(http.get, "https://a.example/" .. rest, { planned = {} })
    pcall(http.get, "https://" .. rest, { planned = {} })
    pcall(http.get, "https://a.example:" .. rest .. "/", { planned = {} })
end
print("harmless")
