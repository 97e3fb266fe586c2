-- It passes 200,000 values through select, pcall, wrap and the functions of the host.
-- expect: harmless
local many = {}
for i = 1, 200000 do many[i] = i end
pcall(function() return select("#", table.unpack(many)) end)
pcall(coroutine.wrap(function(...) coroutine.yield(...) end), table.unpack(many))
pcall(sp.log, table.unpack(many))
pcall(print, table.unpack(many, 1, 100))
pcall(sp.all, { table.unpack(many) })
pcall(select, math.mininteger, 1, 2)
pcall(select, -3, 1, 2)
print("harmless")
