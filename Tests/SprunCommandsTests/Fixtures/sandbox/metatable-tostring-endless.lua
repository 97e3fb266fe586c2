-- Prints a table whose __tostring never ends.
-- expect: limit cpu
print(setmetatable({}, { __tostring = function() while true do end end }))
