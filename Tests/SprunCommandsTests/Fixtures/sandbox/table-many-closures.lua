-- Keeps closure after closure.
-- expect: limit memory
local kept = {}
for i = 1, 1e9 do kept[i] = function() return i end end
