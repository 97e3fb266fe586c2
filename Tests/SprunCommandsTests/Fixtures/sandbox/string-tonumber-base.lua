-- Reads a number of 10 MB of digits in base 36, again and again.
-- expect: limit cpu
local digits = ("z"):rep(10 << 20)
while true do tonumber(digits, 36) end
