-- Moves 2^40 elements that are not there into another table, downwards.
-- expect: limit cpu
-- finding: one call of C is not interrupted
table.move({}, 1, 1 << 40, 1, {})
