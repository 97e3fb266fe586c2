-- It declares a reply of 1 MB of opening brackets, objects and numbers, which is read as JSON.
-- expect: harmless
local headers = { ["content-type"] = "application/json" }
for _, body in ipairs{ ("["):rep(1 << 20), ('{"a":'):rep(200000), "[" .. ("0,"):rep(100000) .. "0]", ("9"):rep(1 << 20), "1e" .. ("9"):rep(1000000),
    '"' .. ("\\u0000"):rep(200000) .. '"', '"' .. ("\\ud800"):rep(200000) .. '"', "{" .. ('"a":1,'):rep(60000) .. '"a":2}' } do
    pcall(http.get, "https://a.example/", { planned = { headers = headers, body = body } })
end
print("harmless")
