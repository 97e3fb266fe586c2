-- Passes 16 million values of one byte, which take far more in the host than in Lua.
-- expect: refused "sp.log: argument 1"
-- finding: a list of 16 MiB of encoded values is decoded to 20 times as much in Swift
local row, rows = {}, {}
for i = 1, 4000 do row[i] = true end
for i = 1, 4000 do rows[i] = row end
sp.log(rows)
