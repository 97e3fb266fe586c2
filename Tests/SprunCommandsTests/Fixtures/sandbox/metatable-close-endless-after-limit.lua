-- Spends the time, and goes on when the variable is closed.
-- expect: limit cpu
local x <close> = setmetatable({}, { __close = function() while true do pcall(function() while true do end end) end end })
while true do end
