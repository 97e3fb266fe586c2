-- It makes 20,000 seals out of digits and marks, in case one of them stands for a secret: each of them stands for itself alone.
-- expect: harmless
for i = 1, 20 do sp.secret("secret " .. i) end
local digits = "0123456789abcdef"
local function digit() local n = math.random(16) return digits:sub(n, n) end
for i = 1, 20000 do
    local all = {}
    for place = 1, 32 do all[place] = i <= 16 and digits:sub(i, i) or digit() end
    local seal = "\u{f8f0}" .. table.concat(all) .. "\u{f8f1}"
    if seal:reveal() ~= seal then print("ESCAPED: it has guessed a seal") end
end
print("harmless")
