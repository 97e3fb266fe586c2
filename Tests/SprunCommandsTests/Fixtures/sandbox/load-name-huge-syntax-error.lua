-- Makes a syntax error in a chunk whose name has 10 MiB.
-- expect: refused "syntax error"
assert(load("x x", "@" .. ("x"):rep(10 << 20)))
