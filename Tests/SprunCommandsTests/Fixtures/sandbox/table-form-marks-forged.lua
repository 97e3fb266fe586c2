-- It marks the same table as a list, an object and null, shares it and sends it.
-- expect: harmless
local value = {}
for _ = 1, 1000 do value = sp.list(sp.object(value)) end
value.x = value
assert(not pcall(sp.list, value))
value.x = nil
local shared = sp.object{}
local all = {}
for i = 1, 1000 do all[i] = i % 2 == 0 and sp.list(shared) or sp.object(shared) end
pcall(sp.list, sp.null)
pcall(sp.object, sp)
pcall(sp.object, { 1, 2, x = 3 })
sp.result{ all = all }
print("harmless")
