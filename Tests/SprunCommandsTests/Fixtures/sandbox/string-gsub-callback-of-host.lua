-- Lets string.gsub call the host for each of ten million letters, so that no instruction is counted.
-- expect: limit cpu
-- finding: functions of C and of the host that C calls count no instructions, and limits_check does not look at the clock
local _ = ("1"):rep(10 << 20):gsub(".", sp.log)
print("ended")
