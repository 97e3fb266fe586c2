-- It plans the same with a token in other writings, as JSON for programs.
-- expect: shown
-- command: plan --simulate --json
local secret = "ESC" .. "APED-token \"of/a\\recipe\u{e9}"
http.get("https://a.example/", { headers = { Authorization = "Bearer ESC" .. "APED-token" }, planned = {} })
pcall(sp.update_sysuser, sp.sysusers()[1].id, { password = secret })
http.request{ method = "PUT", url = "https://a.example/", body = secret, planned = {} }
http.request{ method = "PUT", url = "https://a.example/", json = { [secret] = secret }, planned = {} }
ssh.run{ host = "192.0.2.1", script = secret, stdin = secret, planned = {} }
