-- Prints 10 MB of bytes that are no UTF-8.
-- expect: harmless
-- finding: what Swift holds is not counted
print(("\xff"):rep(10000000))
print("harmless")
