-- Repeats a text 2^60 times.
-- expect: refused "resulting string too large"
string.rep("xxxxxxxx", 1 << 60)
