-- Begins to walk a table of 300,000 keys, again and again.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local t = {}
for i = 1, 300000 do t["k" .. i] = true end
while true do pairs(t) end
