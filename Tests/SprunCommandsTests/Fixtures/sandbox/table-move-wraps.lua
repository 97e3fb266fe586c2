-- Moves ranges that go beyond the integers.
-- expect: refused "too many elements to move"
pcall(table.move, {}, 1, math.maxinteger, 2)
pcall(table.move, {}, math.mininteger, math.maxinteger, 1)
pcall(table.move, {}, 1, 2, math.maxinteger)
table.move({}, -1, math.maxinteger, 2)
