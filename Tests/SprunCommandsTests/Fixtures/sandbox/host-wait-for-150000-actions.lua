-- It waits for 150,000 actions at once, none of which exists.
-- expect: limit cpu
local ids = {}
for i = 1, 150000 do ids[i] = "v" .. i end
for _ = 1, 1000 do pcall(sp.wait, ids) end
