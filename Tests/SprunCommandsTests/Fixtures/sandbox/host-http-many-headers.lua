-- It gives requests 3,000 headers, and headers of 10 MB.
-- expect: harmless
local many = {}
for i = 1, 3000 do many["x-" .. i] = "v" .. i end
pcall(http.get, "https://a.example/", { headers = many, planned = {} })
pcall(http.get, "https://a.example/", { headers = { x = ("v"):rep(10 << 20) }, planned = {} })
pcall(http.get, "https://a.example/", { headers = { [("x"):rep(10 << 20)] = "v" }, planned = {} })
pcall(http.get, "https://a.example/", { planned = { headers = many } })
print("harmless")
