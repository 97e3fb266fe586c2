-- Asks again and again for where the last letter of a long text begins, counted from the first.
-- expect: limit cpu
local text = ("\u{20ac}"):rep(5 << 20)
while true do utf8.offset(text, 5 << 20) end
