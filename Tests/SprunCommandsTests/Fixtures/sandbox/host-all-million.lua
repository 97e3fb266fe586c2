-- Runs a million functions side by side.
-- expect: harmless
local calls, call = {}, function() return 1 end
for i = 1, 1000000 do calls[i] = call end
local can, message = pcall(sp.all, calls)
print("harmless")
