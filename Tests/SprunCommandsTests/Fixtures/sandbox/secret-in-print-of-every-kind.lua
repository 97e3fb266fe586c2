-- It prints a token alone, between others, in errors, tables' names and numbers of values.
-- expect: harmless
local secret = "ESC" .. "APED-token-of-a-recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
print(secret)
print(secret, secret, 1, secret)
print("x" .. secret .. "x" .. secret:rep(50))
print(setmetatable({}, { __name = secret }), setmetatable({}, { __tostring = function() return secret end }))
print(select(2, pcall(error, secret)), select(2, pcall(error, setmetatable({}, { __tostring = function() return secret end }))))
print(("%s|%q|%-50s"):format(secret, secret, secret), table.concat({ secret, secret }, secret))
print("harmless")
