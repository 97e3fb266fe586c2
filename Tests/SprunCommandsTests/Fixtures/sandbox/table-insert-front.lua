-- Inserts at the front of a table that grows, which moves all of it each time.
-- expect: limit cpu
local t = {}
for i = 1, 1000000 do t[i] = i end
while true do table.insert(t, 1, 1) end
