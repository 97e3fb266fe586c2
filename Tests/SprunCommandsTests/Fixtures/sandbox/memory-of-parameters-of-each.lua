-- Hands 100,000 tables to sp.each, which it passes on one by one.
-- expect: harmless
local items = {}
for i = 1, 50000 do items[i] = { name = "item" .. i, list = { 1, 2, 3 } } end
pcall(sp.each, items, function(item) return item end)
print("harmless")
