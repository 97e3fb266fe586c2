-- Returns from functions that run side by side what cannot be passed.
-- expect: refused "item 1"
local cycle = {}
cycle[1] = cycle
for _, value in ipairs{ cycle, "\xff", coroutine.create(print), { [1.5] = 1 }, { [{}] = 1 }, { [true] = 1 } } do
    if pcall(sp.all, { function() return value end }) then print("ESCAPED") end
end
sp.all{ function() return cycle end }
