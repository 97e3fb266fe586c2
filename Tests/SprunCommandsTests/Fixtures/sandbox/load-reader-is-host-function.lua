-- Lets a function of the host be the reader: numbers count as text, and no instruction is counted.
-- expect: limit cpu
-- finding: functions of C and of the host that C calls count no instructions, and limits_check does not look at the clock
load(sp.time)
print("ended")
