-- Ends with an error whose __tostring gives a table.
-- expect: refused "(the error value is a table whose __tostring fails)"
error(setmetatable({}, { __tostring = function() return {} end }))
