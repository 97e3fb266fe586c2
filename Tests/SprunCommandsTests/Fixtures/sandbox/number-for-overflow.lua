-- Loops to the ends of the integers.
-- expect: harmless
local count = 0
for _ = math.maxinteger - 1, math.maxinteger do count = count + 1 end
for _ = math.mininteger + 1, math.mininteger, -1 do count = count + 1 end
for _ = math.maxinteger, math.maxinteger, math.maxinteger do count = count + 1 end
for _ = 1, math.huge, math.maxinteger do count = count + 1 end
for _ = math.mininteger, math.maxinteger, math.maxinteger do count = count + 1 end
for _ = 1.0, 2, 0.5 do count = count + 1 end
for _ = 1, 0 / 0 do count = count + 100 end
if count > 20 then print("ESCAPED", count) end
print("harmless")
