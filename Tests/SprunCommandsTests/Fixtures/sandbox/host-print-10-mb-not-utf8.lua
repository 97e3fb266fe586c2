-- Prints 10 MB of bytes that are no UTF-8.
-- expect: limit memory
print(("\xff"):rep(10000000))
print("harmless")
