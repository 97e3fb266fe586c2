-- It calls the host from 150,000 levels deep, and fails there.
-- expect: harmless
local function deep(n) if n == 0 then sp.time() sp.sleep(0) return sp.log(nil) end local x = deep(n - 1) return x end
for _, depth in ipairs{ 1000, 10000, 60000, 150000, 190000 } do pcall(deep, depth) end
print("harmless")
