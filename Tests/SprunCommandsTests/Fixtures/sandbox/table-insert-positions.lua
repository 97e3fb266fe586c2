-- Inserts and removes at positions that are none.
-- expect: refused "position out of bounds"
for _, position in ipairs{ 0, -1, 3, math.maxinteger, math.mininteger } do
    pcall(table.insert, { 1 }, position, 2)
    pcall(table.remove, { 1 }, position)
end
table.insert({}, 5, 1)
