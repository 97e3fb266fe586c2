-- Has a NUL in its text.
-- expect: refused "unexpected symbol"
assert(load("x = 1 \0 y = 2"))
