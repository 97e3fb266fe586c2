-- It prints traces whose messages, functions and chunks are named by a token.
-- expect: harmless
local secret = "ESC" .. "APED_token_of_a_recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
print(debug.traceback(secret))
load(("local t = ... function %s() print(t('x')) end %s()"):format(secret, secret), "@" .. secret)(debug.traceback)
load(("local t = ... local %s = function() print(t('x')) end %s() x = { %s = %s } x.%s()"):format(secret, secret, secret, secret, secret))(debug.traceback)
xpcall(function() error("x") end, function(e) print(debug.traceback(e .. secret, 1)) end)
print("harmless")
