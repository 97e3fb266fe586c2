-- Moves 2^62 elements that are not there.
-- expect: limit cpu
-- finding: one call of C is not interrupted
table.move({}, 1, 1 << 62, 2)
