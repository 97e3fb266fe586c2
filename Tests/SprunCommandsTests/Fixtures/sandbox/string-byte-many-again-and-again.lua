-- Asks for 200,000 bytes at once, again and again.
-- expect: limit cpu
local text = ("x"):rep(200000)
while true do local _ = select("#", text:byte(1, -1)) end
