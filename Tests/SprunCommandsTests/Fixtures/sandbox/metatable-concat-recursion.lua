-- Concatenates with a metamethod that concatenates.
-- expect: limit depth
local value = setmetatable({}, { __concat = function(a, b) return a .. b end })
print(value .. value)
