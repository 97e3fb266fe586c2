-- Makes a text of 200,000 numbers, again and again.
-- expect: limit cpu
local codes = {}
for i = 1, 200000 do codes[i] = 65 end
while true do string.char(table.unpack(codes)) end
