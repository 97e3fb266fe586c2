-- Sorts 500,000 elements by a comparator of C, so that no instruction is counted.
-- expect: limit cpu
-- finding: functions of C and of the host that C calls count no instructions, and limits_check does not look at the clock
local t = {}
for i = 1, 300000 do t[i] = i end
while true do pcall(table.sort, t, rawequal) end
