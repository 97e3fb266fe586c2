-- A module computes without end while it is read.
-- expect: limit cpu
pcall(import, "lib")
print("ESCAPED: it was not stopped")
