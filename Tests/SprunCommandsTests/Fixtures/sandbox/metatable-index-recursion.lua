-- Looks a field up with a function that looks it up.
-- expect: limit depth
local value = setmetatable({}, { __index = function(t, key) return t[key .. "x"] end })
print(value.x)
