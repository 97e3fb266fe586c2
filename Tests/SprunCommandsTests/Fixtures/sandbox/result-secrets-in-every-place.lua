-- It returns 200,000 places that hold the same secret.
-- expect: shown
local secret = "ESC" .. "APED-as-a-token"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
local list = {}
for i = 1, 200000 do list[i] = secret end
return { list = list }
