-- Makes texts without end, and keeps them.
-- expect: limit memory
local kept = {}
for i = 1, 1e9 do kept[i] = ("s"):rep(500) .. i end
