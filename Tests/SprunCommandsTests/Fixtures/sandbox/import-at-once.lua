-- Imports the same from 500 coroutines at once.
-- expect: harmless
local all = {}
for i = 1, 500 do all[i] = function() return import "audit" end end
sp.all(all)
print("harmless")
