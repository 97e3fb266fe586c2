-- Makes a text of 200,000 letters at once, again and again.
-- expect: limit cpu
local codes = {}
for i = 1, 200000 do codes[i] = 0x7fffffff end
while true do utf8.char(table.unpack(codes)) end
