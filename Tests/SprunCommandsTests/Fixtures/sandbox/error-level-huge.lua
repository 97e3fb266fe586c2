-- Raises errors with levels that are none.
-- expect: refused "last"
for _, level in ipairs{ -1, 1 << 31, 1 << 32, math.maxinteger, math.mininteger } do pcall(error, "x", level) end
pcall(error, "x", 1.5)
pcall(error, "x", {})
error("last", math.maxinteger)
