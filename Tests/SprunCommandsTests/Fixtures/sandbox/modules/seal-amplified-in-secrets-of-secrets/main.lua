-- It makes a secret out of many seals of a secret, and again out of many seals of that one.
-- expect: harmless
local lib = import "lib"
local secret = lib{ s = "token-of-the-importer" }.s
for round = 1, 20 do
    local ok, made = pcall(lib, { s = secret:rep(20) })
    if not ok then break end
    secret = made.s
end
print("harmless")
