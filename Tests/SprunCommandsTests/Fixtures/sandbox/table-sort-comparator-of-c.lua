-- Sorts 500,000 elements by a comparator of C, so that no instruction is counted.
-- expect: limit cpu
local t = {}
for i = 1, 300000 do t[i] = i end
while true do pcall(table.sort, t, rawequal) end
