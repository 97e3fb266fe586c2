-- It has Lua quote a password of two lines, of which a message shows the first alone.
-- expect: harmless
local secret = "ESC" .. "APED first line\nand the second line"
local ok, failure = pcall(sp.update_sysuser, sp.sysusers()[1].id, { password = secret })
print(ok, secret)
print(select(2, load("x = '" .. secret .. "'")))
print(select(2, load("x = 1 '" .. secret .. "'")))
print(select(2, load(secret, secret)))
print("harmless")
