-- It returns 100,000 secrets below a name of 10 kB, and sprun reports the place of each secret to programs.
-- expect: shown
-- command: run --simulate --json
local secret = "ESC" .. "APED-as-a-token"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
local list = {}
for i = 1, 100000 do list[i] = secret end
return { [("p"):rep(10000)] = list }
