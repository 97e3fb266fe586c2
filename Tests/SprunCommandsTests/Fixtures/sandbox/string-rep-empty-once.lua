-- Repeats nothing 2^62 times.
-- expect: limit cpu
-- finding: one call of C is not interrupted
string.rep("", 1 << 62)
print("ended")
