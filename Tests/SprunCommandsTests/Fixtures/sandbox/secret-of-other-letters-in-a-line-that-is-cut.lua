-- It plans to copy a file in which a key with letters of more than one byte stands where its line is cut.
-- expect: shown
-- command: plan --simulate
local secret = "ESC" .. "APED-of-the-cl\u{e9}-\u{1F511}-key"
pcall(sp.update_sysuser, sp.sysusers()[1].id, { password = secret })
ssh.copy{ host = "192.0.2.1", content = ("z"):rep(188) .. secret .. "\n", to = "/etc/key" }
