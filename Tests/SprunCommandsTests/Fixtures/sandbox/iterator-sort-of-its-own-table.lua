-- It changes the table that table.sort is about to write, through its length and its indexes.
-- expect: harmless
local reads = 0
local view = setmetatable({}, {
    __len = function() return 50 end,
    __index = function(_, i) reads = reads + 1 return (i * 7919) % 50 end,
    __newindex = function(t, i) for j = 1, 50 do rawset(t, j, nil) end rawset(t, i + 1, 0) end,
})
pcall(table.sort, view)
pcall(table.sort, view, function() for j = 1, 50 do view[j] = nil end return true end)
print(reads > 0 and "harmless")
