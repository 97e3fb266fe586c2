-- Imports the same from 10,000 coroutines at once.
-- expect: harmless
local all = {}
for i = 1, 10000 do all[i] = function() return import "audit" end end
sp.all(all)
print("harmless")
