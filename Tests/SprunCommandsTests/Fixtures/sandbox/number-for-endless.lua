-- Loops over all integers.
-- expect: limit cpu
for _ = math.mininteger, math.maxinteger do end
