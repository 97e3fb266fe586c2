-- It unpacks, moves and sorts lists that the host gave over their ends.
-- expect: harmless
local list = sp.servers()
for _, range in ipairs{ { -5, 5 }, { 0, 1000 }, { math.maxinteger - 2, math.maxinteger }, { 1, 0 } } do
    local found = table.pack(table.unpack(list, range[1], range[2]))
    for i = 1, found.n do if found[i] ~= nil and type(found[i]) ~= "table" then print("ESCAPED") end end
end
pcall(table.move, list, 1, #list, math.maxinteger)
pcall(table.sort, list, function(a, b) return a.name < b.name end)
for i = 1, 1000 do list[#list + 1] = list[1] end
print("harmless")
