-- It sets its result before the host learns that the result is a password.
-- expect: shown
local secret = "ESC" .. "APED-password-of-a-user"
sp.result{ x = secret, y = { secret } }
pcall(sp.update_sysuser, sp.sysusers()[1].id, { password = secret })
