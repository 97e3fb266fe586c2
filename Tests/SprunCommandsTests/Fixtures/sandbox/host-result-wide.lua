-- Sets a result of 16 million values.
-- expect: harmless
-- finding: a list of 16 MiB of encoded values is decoded to 20 times as much in Swift
local row, rows = {}, {}
for i = 1, 4000 do row[i] = true end
for i = 1, 4000 do rows[i] = row end
pcall(sp.result, { rows = rows })
print("harmless")
