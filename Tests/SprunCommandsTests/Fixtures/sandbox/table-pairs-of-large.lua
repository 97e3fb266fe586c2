-- Begins to walk a table of 300,000 keys, again and again.
-- expect: limit cpu
local t = {}
for i = 1, 300000 do t["k" .. i] = true end
while true do pairs(t) end
