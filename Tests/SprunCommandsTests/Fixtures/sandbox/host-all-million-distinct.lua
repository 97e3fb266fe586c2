-- Passes 200,000 functions, each of its own, again and again.
-- expect: limit cpu
local calls = {}
for i = 1, 200000 do calls[i] = function() return i end end
while true do pcall(sp.log, calls) end
