-- Fills the memory, and goes on when the variable is closed.
-- expect: limit memory
local kept = {}
local x <close> = setmetatable({}, { __close = function() for i = 1, 1e9 do kept[#kept + 1] = { i } end end })
for i = 1, 1e9 do kept[i] = { i } end
