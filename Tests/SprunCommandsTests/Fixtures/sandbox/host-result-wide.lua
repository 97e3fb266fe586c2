-- Sets a result of 16 million values.
-- expect: harmless
local row, rows = {}, {}
for i = 1, 4000 do row[i] = true end
for i = 1, 4000 do rows[i] = row end
pcall(sp.result, { rows = rows })
print("harmless")
