-- Imports while a value says what it is.
-- expect: refused "cannot wait"
tostring(setmetatable({}, { __tostring = function() return import "audit" end }))
