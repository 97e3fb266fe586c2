-- Passes 16 million values of one byte, again and again.
-- expect: limit cpu
-- finding: a list of 16 MiB of encoded values is decoded to 20 times as much in Swift; the clock is looked at after 1,000 instructions only, however long each takes
local row, rows = {}, {}
for i = 1, 4000 do row[i] = true end
for i = 1, 4000 do rows[i] = row end
while true do pcall(sp.log, rows) end
