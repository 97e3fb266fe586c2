-- Ends with an error whose __tostring raises an error whose __tostring raises.
-- expect: refused "(the error value is a table whose __tostring fails)"
local metatable = {}
metatable.__tostring = function() error(setmetatable({}, metatable)) end
error(setmetatable({}, metatable))
