-- Says that the length of a table is none.
-- expect: refused "object length is not an integer"
for _, length in ipairs{ "x", {}, 0.5, 0 / 0, math.huge, true, print } do
    local value = setmetatable({}, { __len = function() return length end })
    pcall(table.concat, value)
    pcall(table.unpack, value)
    pcall(table.sort, value)
    pcall(table.insert, value, 1)
    pcall(ipairs, value)
    pcall(sp.log, value)
end
table.sort(setmetatable({}, { __len = function() return {} end }))
