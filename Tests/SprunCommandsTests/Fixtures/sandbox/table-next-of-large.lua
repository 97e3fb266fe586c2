-- Asks again and again for the key after one in a table of 300,000.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local t = {}
for i = 1, 300000 do t["k" .. i] = true end
while true do next(t, "k1") end
