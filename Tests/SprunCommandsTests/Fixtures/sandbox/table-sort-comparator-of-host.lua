-- Sorts with a comparator of the host, so that no instruction is counted.
-- expect: limit cpu
-- finding: functions of C and of the host that C calls count no instructions, and limits_check does not look at the clock
local t = {}
for i = 1, 1000000 do t[i] = i end
table.sort(t, sp.random)
print("ended")
