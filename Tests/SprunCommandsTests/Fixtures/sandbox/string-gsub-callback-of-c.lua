-- Lets string.gsub call functions of C for each of eight million letters, so that no instruction is counted.
-- expect: limit cpu
-- finding: functions of C and of the host that C calls count no instructions, and limits_check does not look at the clock
local text = ("x"):rep(8 << 20)
text:gsub(".", pcall)
print("ended")
