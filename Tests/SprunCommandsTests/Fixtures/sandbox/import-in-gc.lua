-- Imports when it is collected.
-- expect: refused "'__gc' is not available"
setmetatable({}, { __gc = function() import "audit" end })
