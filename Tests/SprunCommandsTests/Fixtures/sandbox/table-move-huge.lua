-- Moves 2^62 elements that are not there.
-- expect: limit cpu
table.move({}, 1, 1 << 62, 2)
