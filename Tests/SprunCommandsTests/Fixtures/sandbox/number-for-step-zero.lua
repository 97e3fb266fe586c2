-- Loops in steps of nothing.
-- expect: refused "'for' step is zero"
for _ = 1, 2, 0 do end
