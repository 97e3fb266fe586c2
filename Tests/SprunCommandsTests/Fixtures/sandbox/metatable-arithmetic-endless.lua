-- Calculates with metamethods that never end.
-- expect: limit cpu
local value = setmetatable({}, { __add = function(a, b) return a + b end })
while true do pcall(function() return value + 1 end) end
