-- It nests each in each until that is refused, and looks whether it can go on.
-- expect: harmless
local deepest = 0
local function deep(n)
    deepest = math.max(deepest, n)
    sp.each({ 1, 2 }, function(i) if i == 1 then deep(n + 1) end end)
end
local ok, failure = pcall(deep, 1)
assert(not ok and tostring(failure):find("levels deep", 1, true))
sp.sleep(1)
print(deepest <= 40 and "harmless")
