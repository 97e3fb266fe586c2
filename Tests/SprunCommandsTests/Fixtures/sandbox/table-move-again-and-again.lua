-- Moves a million elements by one again and again.
-- expect: limit cpu
local t = {}
for i = 1, 1000000 do t[i] = i end
while true do table.move(t, 1, 1000000, 2) end
