-- Warns of 1 MB of control characters without end.
-- expect: limit cpu
local text = ("\27"):rep(1 << 20)
while true do sp.warn(text) end
