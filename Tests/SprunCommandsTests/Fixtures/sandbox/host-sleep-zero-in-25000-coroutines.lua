-- It lets 25,000 functions side by side sleep for no time.
-- expect: harmless
local all = {}
for i = 1, 25000 do all[i] = function() sp.sleep(0) return i end end
local ok, found = pcall(sp.all, all)
print((not ok or found[25000] == 25000) and "harmless")
