-- Asks for the length of tables whose positions are far apart.
-- expect: harmless
local t = {}
for i = 0, 62 do t[1 << i] = true end
local _ = #t
t[math.maxinteger] = true
t[math.mininteger] = true
_ = #t
t[#t + 1] = 1
print("harmless")
