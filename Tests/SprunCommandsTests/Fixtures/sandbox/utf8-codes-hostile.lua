-- Walks text that is no UTF-8, and changes positions on the way.
-- expect: refused "invalid UTF-8 code"
local step = utf8.codes("x")
for _, position in ipairs{ -1, 0, 1, 2, math.maxinteger, math.mininteger } do pcall(step, "\u{20ac}", position) end
pcall(step, {}, 1)
pcall(step, "\xff", 0)
for _ in utf8.codes("\xe2\x82") do end
