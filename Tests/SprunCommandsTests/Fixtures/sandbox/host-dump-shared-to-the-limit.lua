-- Shows 16 million values, of which each row is the same table.
-- expect: shown
local row, rows = {}, {}
for i = 1, 4000 do row[i] = true end
for i = 1, 4000 do rows[i] = row end
print(rows)
sp.log(rows)
print(#sp.dump(rows))
