-- Asks again and again for the first key of a table that had 500,000, all of them removed.
-- expect: limit cpu
local t = {}
for i = 1, 500000 do t["k" .. i] = true end
for i = 1, 500000 do t["k" .. i] = nil end
while true do next(t) end
