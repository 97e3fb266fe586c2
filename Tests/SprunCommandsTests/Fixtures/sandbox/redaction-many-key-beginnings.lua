-- Prints 100,000 beginnings of lines of private keys.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local text = ("-----BEGIN "):rep(100000) .. "PRIVATE KEY-----"
while true do print(text) end
