-- Looks for frontiers in a long text again and again.
-- expect: limit cpu
local text = ("ab "):rep(1 << 20)
while true do text:find("%f[%z]%f[x]") end
