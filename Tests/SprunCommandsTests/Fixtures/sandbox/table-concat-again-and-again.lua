-- Concatenates 400,000 texts again and again.
-- expect: limit cpu
local parts = {}
for i = 1, 400000 do parts[i] = "xxxxxxxxxx" end
while true do table.concat(parts, ",") end
