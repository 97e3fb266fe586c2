-- Concatenates from the smallest to the largest integer.
-- expect: refused "invalid value (nil) at index"
pcall(table.concat, {}, "", math.maxinteger, math.maxinteger)
table.concat({}, "", math.mininteger, math.maxinteger)
