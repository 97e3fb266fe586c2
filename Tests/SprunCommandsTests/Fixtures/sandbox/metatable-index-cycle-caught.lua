-- Looks a field up in a cycle again and again, and catches the error.
-- expect: limit cpu
local cycle = {}
setmetatable(cycle, { __index = cycle })
while true do pcall(function() return cycle.x end) end
