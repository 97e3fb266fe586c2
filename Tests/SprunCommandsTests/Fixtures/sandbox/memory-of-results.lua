-- Sets a result of many small tables.
-- expect: harmless
-- finding: what Swift holds is not counted
local rows = {}
for i = 1, 100000 do rows[i] = { a = i, b = { i }, c = "x" } end
pcall(sp.result, { rows = rows })
print("harmless")
