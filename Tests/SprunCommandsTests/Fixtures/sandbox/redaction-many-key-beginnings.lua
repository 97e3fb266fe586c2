-- Prints 100,000 beginnings of lines of private keys.
-- expect: limit cpu
local text = ("-----BEGIN "):rep(100000) .. "PRIVATE KEY-----"
while true do print(text) end
