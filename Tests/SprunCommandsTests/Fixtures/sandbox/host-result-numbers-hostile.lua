-- Sets a result of numbers at the ends of what JSON holds.
-- expect: harmless
sp.result{ 2 ^ 63, -2 ^ 63, 1e300, 5e-324, -0.0, math.maxinteger, math.mininteger, 1e22, 0.1 }
print("harmless")
