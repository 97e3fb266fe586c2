-- Lets a reader give blanks without end: neither memory nor syntax stops it.
-- expect: limit cpu
-- finding: functions of C and of the host that C calls count no instructions, and limits_check does not look at the clock
local blanks = (" "):rep(1e6)
load(function() return blanks end)
