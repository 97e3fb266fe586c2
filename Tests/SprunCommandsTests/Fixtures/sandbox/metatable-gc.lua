-- Asks for a finalizer, in which no hook counts the time.
-- expect: refused "'__gc' is not available"
setmetatable({}, { __gc = function() while true do end end })
