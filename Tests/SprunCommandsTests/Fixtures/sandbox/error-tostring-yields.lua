-- Ends with an error whose __tostring yields.
-- expect: refused "(the error value is a table whose __tostring fails)"
error(setmetatable({}, { __tostring = function() coroutine.yield() return "ESCAPED" end }))
