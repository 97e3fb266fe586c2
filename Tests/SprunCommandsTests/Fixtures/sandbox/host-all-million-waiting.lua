-- Runs 150,000 functions side by side that wait.
-- expect: harmless
local calls, call = {}, function() sp.sleep(1) end
for i = 1, 150000 do calls[i] = call end
pcall(sp.all, calls)
print("harmless")
