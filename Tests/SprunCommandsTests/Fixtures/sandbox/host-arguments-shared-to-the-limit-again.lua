-- Passes 16 million values of one byte, again and again.
-- expect: limit cpu
local row, rows = {}, {}
for i = 1, 4000 do row[i] = true end
for i = 1, 4000 do rows[i] = row end
while true do pcall(sp.log, rows) end
