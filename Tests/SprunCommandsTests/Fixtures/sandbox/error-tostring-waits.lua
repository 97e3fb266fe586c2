-- Ends with an error whose __tostring waits.
-- expect: refused "(the error value is a table whose __tostring fails)"
error(setmetatable({}, { __tostring = function() sp.sleep(1) return "ESCAPED" end }))
