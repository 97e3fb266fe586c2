-- It calls functions of the host in comparators in functions side by side, ten deep.
-- expect: refused "table.sort's comparator"
local function deep(n)
    if n == 0 then
        local list = { 3, 1, 2 }
        table.sort(list, function(a, b) sp.time() pcall(sp.random, 5) return a < b end)
        table.sort(list, function() sp.sleep(1) return false end)
    end
    sp.each({ 1 }, function() deep(n - 1) end)
end
deep(10)
