-- Looks a field up in a table that looks in itself.
-- expect: refused "'__index' chain too long"
local cycle = {}
setmetatable(cycle, { __index = cycle })
print(cycle.x)
