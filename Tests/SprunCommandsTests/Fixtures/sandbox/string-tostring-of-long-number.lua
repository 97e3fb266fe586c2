-- Reads numbers of 10 MB of digits, again and again.
-- expect: limit cpu
local digits, hexadecimal = ("1"):rep(10 << 20), "0x" .. ("f"):rep(10 << 20) .. "p1"
while true do
    tonumber(digits)
    tonumber(hexadecimal)
    pcall(function() return digits + 1 end)
end
