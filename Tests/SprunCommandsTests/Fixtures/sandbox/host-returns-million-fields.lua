-- Returns a table of a million fields.
-- expect: refused "too many keys"
local result = {}
for i = 1, 500000 do result[-i] = i end
return result
