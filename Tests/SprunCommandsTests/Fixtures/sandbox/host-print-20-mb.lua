-- Prints 20 MB in one piece.
-- expect: harmless
-- finding: what Swift holds is not counted
print(("x"):rep(20000000))
print("harmless")
