-- It plans to copy a file that holds a key with letters of more than one byte.
-- expect: shown
-- command: plan --simulate
local secret = "ESC" .. "APED-cl\u{e9}-\u{1F511}-key"
pcall(sp.update_sysuser, sp.sysusers()[1].id, { password = secret })
ssh.copy{ host = "192.0.2.1", content = "key = " .. secret .. "\n", to = "/etc/key" }
ssh.run{ host = "192.0.2.1", script = "key = " .. secret .. "\n", planned = {} }
