-- Loops in steps that are too small to change the number.
-- expect: limit cpu
for _ = 1e16, 2e16, 0.5 do end
