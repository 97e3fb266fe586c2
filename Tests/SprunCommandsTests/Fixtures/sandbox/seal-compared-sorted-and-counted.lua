-- It compares seals with texts and numbers, sorts by them, makes numbers of them and takes them as keys.
-- expect: harmless
local secret, other = sp.secret("x"), sp.secret("y")
local text = secret:reveal()
if secret == text or rawequal(secret, text) or text .. "" == secret or ({ [secret] = 1 })[text] or ({ [text] = 1 })[secret] then print("ESCAPED: a secret equals its text") end
if secret == other or secret ~= sp.secret("x") or #secret ~= 38 or rawlen(secret) ~= #other then print("ESCAPED: seals differ in more than their digits") end
for _, f in ipairs{ tonumber, math.tointeger, math.floor, math.abs, math.type } do
    local ok, found = pcall(f, secret)
    if ok and found then print("ESCAPED: it is a number") end
end
for base = 2, 36 do if tonumber(secret, base) then print("ESCAPED: it is a number") end end
for _, use in ipairs{ function() return secret + 1 end, function() return -secret end, function() return secret // 1 end, function() return secret & 1 end,
    function() return secret() end, function() secret.x = 1 end, function() return 1 < secret end, function() for _ = 1, secret do end end } do
    if pcall(use) then print("ESCAPED: it counts with a seal") end
end
local all = { secret, other, "\u{f8f0}", "\u{f8f0}0", "\u{f8f0}8", "", "z", secret .. "x", "x" .. secret }
table.sort(all)
table.sort(all, function(a, b) return #a < #b or (#a == #b and a < b) end)
for key in pairs({ [secret] = 1, [other] = 2 }) do if key:reveal() == key then print("ESCAPED: a key is no seal any more") end end
for _, secret in ipairs(table.pack(table.unpack({ secret, other }))) do if table.concat({ secret }, secret) ~= secret then print("ESCAPED") end end
print("harmless")
