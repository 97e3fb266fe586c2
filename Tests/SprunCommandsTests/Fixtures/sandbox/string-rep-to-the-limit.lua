-- Makes the longest text that memory holds, again and again.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local size = 64 << 20
while not pcall(string.rep, "x", size) do size = size - (1 << 16) end
while true do pcall(string.rep, "x", size) end
