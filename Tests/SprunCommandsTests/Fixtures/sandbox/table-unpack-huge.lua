-- Unpacks 2^31 elements.
-- expect: refused "too many results to unpack"
for _, last in ipairs{ 1e7, 1 << 31, (1 << 31) - 1, 1 << 32, math.maxinteger } do pcall(table.unpack, {}, 1, last) end
pcall(table.unpack, {}, math.mininteger, math.maxinteger)
table.unpack({}, 0, math.maxinteger)
