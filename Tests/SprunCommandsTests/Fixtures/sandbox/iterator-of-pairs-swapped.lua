-- It calls the iterator of one table with another one, which grows, and is cleared on the way.
-- expect: harmless
local one, other = { a = 1, b = 2, [1.5] = 3, [true] = 4 }, {}
local iterator = pairs(one)
for name in pairs(one) do other[name] = { name } end
local found = 0
for _, value in iterator, other do
    found = found + 1
    for name in pairs(other) do other[name] = nil end
    for i = 1, 100 do other["x" .. i] = i end
    if type(value) ~= "table" then print("ESCAPED: it gave what was not there") end
end
print(found == 1 and "harmless")
