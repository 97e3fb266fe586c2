-- It fails in functions whose names are a token behind so many letters that names are cut in the token.
-- expect: refused "SP0202"
local secret = "ESC" .. "APED_token_of_a_recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
for _, length in ipairs{ 20, 30, 40, 50, 80, 180, 240, 4070, 4075, 4080, 4085, 4090 } do
    local name = ("f"):rep(length) .. secret
    local code = ("local f, e = ... function %s() f(e) end %s()"):format(name, name)
    local _, trace = xpcall(load(code), debug.traceback, error, "x")
    print(trace)
    pcall(function() return sp[name] end)
    print(select(2, pcall(load("local t = {} t." .. name .. ".x = 1"))))
end
local name = ("f"):rep(4080) .. secret
load(("local e = ... function %s() local g = function() e('at the end') end g() return 1 end local x = %s()"):format(name, name))(error)
