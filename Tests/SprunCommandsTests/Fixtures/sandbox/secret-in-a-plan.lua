-- It plans requests, scripts and files that hold a token in their addresses, bodies, names and contents.
-- expect: shown
-- command: plan --simulate
local secret = "ESC" .. "APED-token-of-a-recipe"
http.get("https://a.example/", { headers = { Authorization = "Bearer " .. secret }, planned = {} })
http.post_json("https://a.example/" .. secret .. "?" .. secret, { [secret] = secret }, { planned = {}, idempotency_key = secret })
http.request{ method = "PUT", url = "https://a.example/", form = { [secret] = secret }, planned = {} }
ssh.run{ host = "192.0.2.1", script = "x\n" .. ("y"):rep(190) .. secret .. "\n" .. secret, stdin = secret, planned = {} }
ssh.copy{ host = "192.0.2.1", content = ("z"):rep(185) .. secret, to = "/tmp/" .. secret }
