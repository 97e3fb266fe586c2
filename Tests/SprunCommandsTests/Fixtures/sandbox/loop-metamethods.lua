-- Loops in a metamethod that calls itself by a tail call.
-- expect: limit cpu
local value
value = setmetatable({}, { __call = function(self) return self() end })
value()
