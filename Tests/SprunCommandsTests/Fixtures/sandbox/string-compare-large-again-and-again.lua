-- Compares texts of 15 MB that differ in their last byte, again and again.
-- expect: limit cpu
local text = ("x"):rep(15 << 20)
local a, b = text .. "a", text .. "b"
while true do local _ = a < b, a == b, a <= b, b < a end
