-- Sets a field of a table that sets it in itself.
-- expect: refused "'__newindex' chain too long"
local cycle = {}
setmetatable(cycle, { __newindex = cycle })
cycle.x = 1
