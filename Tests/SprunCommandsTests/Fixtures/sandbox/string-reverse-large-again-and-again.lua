-- Reverses a text of 20 MB again and again.
-- expect: limit cpu
local text = ("x"):rep(20 << 20)
while true do text:reverse() end
