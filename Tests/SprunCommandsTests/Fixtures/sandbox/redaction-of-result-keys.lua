-- It lets the host learn 2,000 keys, and returns 30,000 members named by parts of them.
-- expect: harmless
for i = 1, 2000 do pcall(sp.cloud_init, { id = "x", apikey = "secretsecret" .. ("k"):rep(50) .. i }, {}) end
local all = {}
for i = 1, 30000 do all["secretsecret" .. ("k"):rep(30) .. i] = ("k"):rep(40) end
print("harmless")
return all
