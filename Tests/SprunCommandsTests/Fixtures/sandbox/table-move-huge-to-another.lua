-- Moves 2^40 elements that are not there into another table, downwards.
-- expect: limit cpu
table.move({}, 1, 1 << 40, 1, {})
