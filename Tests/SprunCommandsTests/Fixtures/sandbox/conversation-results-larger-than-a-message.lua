-- It returns from functions side by side eight texts of 1.9 MB, which go to the host and back.
-- expect: harmless
local calls = {}
for i = 1, 8 do calls[i] = function() sp.sleep(0) return (tostring(i)):rep(1900000) end end
local ok, all = pcall(sp.all, calls)
if ok then for i = 1, 8 do if #all[i] ~= 1900000 then print("ESCAPED") end end end
print("harmless")
