-- Compares with a metamethod that compares.
-- expect: limit depth
local function equal(a, b) return a == b end
local a, b = setmetatable({}, { __eq = equal }), setmetatable({}, { __eq = equal })
print(a == b)
