-- Changes whether a table is weak while it is full.
-- expect: harmless
local metatable = {}
local tables = {}
for i = 1, 2000 do
    tables[i] = setmetatable({}, metatable)
    for j = 1, 20 do tables[i][{}] = { i } end
    metatable.__mode = ({ "k", "v", "kv", "", "x" })[i % 5 + 1]
end
for _, t in ipairs(tables) do for key in pairs(t) do t[key] = nil end end
print("harmless")
