-- Calls functions with as many arguments as the stack holds, one by one.
-- expect: limit cpu
local function count(...)
    if select("#", ...) == 0 then return 0 end
    return 1 + count(select(2, ...))
end
while true do pcall(count, table.unpack({}, 1, 5000)) end
