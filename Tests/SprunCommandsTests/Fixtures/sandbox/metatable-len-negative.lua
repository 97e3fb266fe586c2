-- Says that the length of a table is less than nothing.
-- expect: harmless
for _, length in ipairs{ -1, math.mininteger, math.maxinteger } do
    local value = setmetatable({}, { __len = function() return length end })
    pcall(table.sort, value)
    pcall(table.insert, value, 1)
    pcall(table.remove, value)
    pcall(table.unpack, value)
end
print("harmless")
