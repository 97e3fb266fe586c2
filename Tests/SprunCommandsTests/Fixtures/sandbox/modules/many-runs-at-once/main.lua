-- Runs an imported recipe 1,000 times at once.
-- expect: harmless
local lib, all = import "lib", {}
for i = 1, 1000 do all[i] = function() return lib{ i = i }.i end end
local found = sp.all(all)
print(#found == 1000 and "harmless")
