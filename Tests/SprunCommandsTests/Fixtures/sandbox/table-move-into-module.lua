-- Moves elements into the module sp.
-- expect: refused "sp is read-only"
table.move({ 1 }, 1, 1, 1, sp)
