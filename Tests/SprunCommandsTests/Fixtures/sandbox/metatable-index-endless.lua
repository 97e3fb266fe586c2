-- Looks a field up with a function that never ends.
-- expect: limit cpu
print(setmetatable({}, { __index = function() while true do end end }).x)
