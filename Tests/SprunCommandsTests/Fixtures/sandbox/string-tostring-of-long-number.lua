-- Reads numbers of 10 MB of digits, again and again.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local digits, hexadecimal = ("1"):rep(10 << 20), "0x" .. ("f"):rep(10 << 20) .. "p1"
while true do
    tonumber(digits)
    tonumber(hexadecimal)
    pcall(function() return digits + 1 end)
end
