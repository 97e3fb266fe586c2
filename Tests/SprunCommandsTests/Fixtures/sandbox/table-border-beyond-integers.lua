-- Appends to a table whose length is the largest integer.
-- expect: harmless
local t = setmetatable({}, { __len = function() return math.maxinteger end })
pcall(table.insert, t, 1)
pcall(table.remove, t)
pcall(table.sort, t)
pcall(table.concat, t)
for i = math.maxinteger - 2, math.maxinteger do t[i] = i end
pcall(table.move, t, math.maxinteger - 1, math.maxinteger, math.maxinteger)
print("harmless")
