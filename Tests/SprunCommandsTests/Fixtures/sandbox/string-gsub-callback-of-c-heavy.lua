-- Lets string.gsub look each letter up in a table that looks it up by a function of C.
-- expect: limit cpu
-- finding: functions of C and of the host that C calls count no instructions, and limits_check does not look at the clock
local text = ("x"):rep(8 << 20)
text:gsub(".", setmetatable({}, { __index = setmetatable({}, { __index = pcall }) }))
