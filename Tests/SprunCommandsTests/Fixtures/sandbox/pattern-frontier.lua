-- Looks for frontiers in a long text again and again.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local text = ("ab "):rep(1 << 20)
while true do text:find("%f[%z]%f[x]") end
