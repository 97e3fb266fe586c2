-- Passes 16 million values of one byte, which take far more in the host than in Lua.
-- expect: limit memory
local row, rows = {}, {}
for i = 1, 4000 do row[i] = true end
for i = 1, 4000 do rows[i] = row end
sp.result(rows)
