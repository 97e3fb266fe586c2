-- Concatenates texts of 20 MB again and again, and keeps none: each takes ten milliseconds and one instruction.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local text = ("x"):rep(20 << 20)
while true do local _ = text .. "y" end
