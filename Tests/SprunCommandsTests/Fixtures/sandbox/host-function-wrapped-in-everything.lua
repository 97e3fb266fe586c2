-- Uses functions of the host as metamethods, iterators, comparators and handlers.
-- expect: limit cpu
-- sp.time as the reader of load never ends: it has a number each time.
for name, member in pairs(sp) do
    if type(member) == "function" and name ~= "result" then
        local value = setmetatable({}, { __index = member, __newindex = member, __call = member, __tostring = member,
            __len = member, __eq = member, __concat = member, __pairs = member })
        pcall(function() return value.x end)
        pcall(function() value.x = 1 end)
        pcall(value)
        pcall(tostring, value)
        pcall(function() return #value end)
        pcall(function() return value .. "x" end)
        pcall(function() for _ in pairs(value) do break end end)
        pcall(function() for _ in member do break end end)
        pcall(table.sort, { 2, 1 }, member)
        pcall(string.gsub, "x", "x", member)
        pcall(xpcall, error, member)
        pcall(coroutine.wrap(member))
        pcall(load, member)
    end
end
