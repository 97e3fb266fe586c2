-- Catches the end of the memory while it is full, so that each try collects all garbage in vain.
-- expect: limit cpu
local kept = {}
pcall(function() for i = 1, 1e9 do kept[i] = { {} } end end)
for _ = 1, 1000 do kept[#kept] = nil end
while true do pcall(string.rep, "x", 1 << 30) end
