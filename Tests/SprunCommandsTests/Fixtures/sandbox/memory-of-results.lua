-- Sets a result of many small tables.
-- expect: harmless
local rows = {}
for i = 1, 100000 do rows[i] = { a = i, b = { i }, c = "x" } end
pcall(sp.result, { rows = rows })
print("harmless")
