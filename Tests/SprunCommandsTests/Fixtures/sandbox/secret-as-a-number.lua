-- It has a password of digits and returns it as the number, joined to texts and in names.
-- expect: harmless
local secret = "90071992547"
pcall(sp.update_sysuser, sp.sysusers()[1].id, { password = secret })
print(secret, tonumber(secret), "x" .. tonumber(secret))
print("harmless")
return { text = secret, name = { ["n" .. secret] = 1 } }
