-- It sleeps for no time in 1,000 functions side by side, without end.
-- expect: limit cpu
local all = {}
for i = 1, 1000 do all[i] = function() while true do pcall(sp.sleep, 0) end end end
sp.all(all)
