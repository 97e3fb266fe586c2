-- Sorts with a comparator of the host, so that no instruction is counted.
-- expect: limit cpu
local t = {}
for i = 1, 1000000 do t[i] = i end
table.sort(t, sp.random)
print("ended")
