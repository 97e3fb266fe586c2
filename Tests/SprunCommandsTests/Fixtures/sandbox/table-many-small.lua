-- Keeps table after table.
-- expect: limit memory
local kept = {}
for i = 1, 1e9 do kept[i] = {} end
