-- Ends with an error, and closes a variable with a function that never ends.
-- expect: limit cpu
local x <close> = setmetatable({}, { __close = function() while true do end end })
error("x")
