-- It returns 2,000 secrets below sixty nested names of 100 kB, and sprun reports the path of each secret.
-- expect: shown
local secret = "ESC" .. "APED-as-a-token"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
local value = {}
for i = 1, 2000 do value["s" .. i] = secret end
for i = 1, 60 do value = { [("p"):rep(100000) .. i] = value } end
return value
