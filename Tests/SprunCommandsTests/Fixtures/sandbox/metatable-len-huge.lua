-- Gives unpack, concat, insert, remove, sort and move a table of 2^62 elements.
-- expect: harmless
local huge = setmetatable({}, { __len = function() return 1 << 62 end })
for _, attempt in ipairs{ table.unpack, table.sort, function(t) table.insert(t, 1) end } do
    if not pcall(attempt, huge) then goto continue end
    ::continue::
end
print("harmless")
