-- Concatenates texts of 20 MB again and again, and keeps none: each takes ten milliseconds and one instruction.
-- expect: limit cpu
local text = ("x"):rep(20 << 20)
while true do local _ = text .. "y" end
