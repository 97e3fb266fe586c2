-- Sorts with comparators that contradict themselves, raise, or change the table.
-- expect: harmless
local t = {}
for i = 1, 2000 do t[i] = i % 7 end
for _, compare in ipairs{
    function() return true end,
    function() return math.random(2) == 1 end,
    function(a, b) return a <= b end,
    function() t[#t + 1] = 0 return false end,
    function() t[#t] = nil return true end,
    function(a, b) setmetatable(t, { __len = function() return 5 end }) return a < b end,
} do
    pcall(table.sort, t, compare)
    setmetatable(t, nil)
end
pcall(table.sort, t, error)
pcall(table.sort, t, coroutine.yield)
pcall(table.sort, { 1, "x", {} })
pcall(table.sort, { 1, 2, 3 }, 1)
print("harmless")
