-- It raises tables that hold a token in their keys, fields and metatables, and prints what is made of them.
-- expect: refused "<redacted>"
local secret = "ESC" .. "APED-token-of-a-recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
for _, value in ipairs{ { [secret] = secret }, setmetatable({}, { __name = secret }), setmetatable({ message = secret }, { __tostring = function(t) return t.message end }) } do
    print(select(2, pcall(error, value)))
    print(select(2, pcall(sp.all, { function() error(value) end })))
    print(select(2, coroutine.resume(coroutine.create(function() error(value) end))))
end
local _, failure = pcall(sp.server, secret)
failure.code = secret
failure.hint = secret
error(failure)
