-- Warns of 1 MB of control characters without end.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local text = ("\27"):rep(1 << 20)
while true do sp.warn(text) end
