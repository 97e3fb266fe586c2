-- Prints 20 MB in one piece.
-- expect: limit memory
print(("x"):rep(20000000))
print("harmless")
