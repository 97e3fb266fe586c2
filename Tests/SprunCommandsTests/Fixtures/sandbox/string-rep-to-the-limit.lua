-- Makes the longest text that memory holds, again and again.
-- expect: limit cpu
local size = 64 << 20
while not pcall(string.rep, "x", size) do size = size - (1 << 16) end
while true do pcall(string.rep, "x", size) end
