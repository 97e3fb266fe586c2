-- It sets 3,000 passwords that begin alike, then prints texts that do.
-- expect: limit cpu
local user = sp.sysusers()[1]
for i = 1, 3000 do pcall(sp.update_sysuser, user.id, { password = ("p"):rep(190) .. i }) end
for _ = 1, 1e9 do print(("p"):rep(1000000)) end
