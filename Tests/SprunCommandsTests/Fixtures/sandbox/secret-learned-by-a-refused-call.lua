-- It gives passwords to calls that are refused for other reasons, and prints them.
-- expect: harmless
local app, user = sp.apps()[1], sp.sysusers()[1]
local secret = "ESC" .. "APED-password-of-a-user"
for _, try in ipairs{ function() sp.update_sysuser("none", { password = secret }) end, function() sp.create_sysuser{ name = "x", password = secret, bad = 1 } end,
    function() sp.create_db{ appid = app.id, name = "x", user = { name = "y", password = secret, bad = 1 } } end, function() sp.add_ssl(app.id, { key = secret, cert = "x" }) end,
    function() sp.ensure_sysuser{ serverid = "none", name = "abc", password = secret, set_password = "x" } end, function() sp.ensure_db{ password = secret } end } do
    print(select(2, pcall(try)))
end
sp.update_sysuser(user.id, { password = secret })
print(secret)
print("harmless")
