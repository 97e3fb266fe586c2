-- Reads a number of 10 MB of digits in base 36, again and again.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local digits = ("z"):rep(10 << 20)
while true do tonumber(digits, 36) end
