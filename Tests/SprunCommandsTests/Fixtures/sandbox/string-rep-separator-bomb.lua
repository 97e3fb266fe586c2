-- Repeats nothing with a separator of 1 MB.
-- expect: refused "resulting string too large"
string.rep("", 1 << 20, ("x"):rep(1 << 20))
