-- Repeats nothing 2^62 times.
-- expect: harmless
string.rep("", 1 << 62)
print("harmless")
