-- Asks again and again for the key after one in a table of 300,000.
-- expect: limit cpu
local t = {}
for i = 1, 300000 do t["k" .. i] = true end
while true do next(t, "k1") end
