-- It asks for planned replies whose JSON is as deep as can be, or is broken.
-- expect: limit cpu
local deep = "x"
for _ = 1, 50 do deep = { a = deep } end
for i = 1, 1e9 do
    pcall(http.get, "https://a.example/" .. i, { planned = { json = deep } })
    pcall(http.get, "https://a.example/" .. i, { planned = { body = ("["):rep(100000), headers = { ["content-type"] = "application/json" } } })
end
