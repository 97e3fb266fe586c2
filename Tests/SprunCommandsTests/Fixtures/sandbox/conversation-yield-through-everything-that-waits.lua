-- It yields from coroutines inside of pcall, xpcall, loops and closing variables that wait for the host in turn.
-- expect: harmless
local steps = 0
local co = coroutine.wrap(function()
    local value <close> = setmetatable({}, { __close = function() sp.sleep(0) coroutine.yield("closing") steps = steps + 1 end })
    for _ in function(_, i) sp.sleep(0) coroutine.yield("loop") return (i or 0) < 3 and (i or 0) + 1 or nil end do
        pcall(function() xpcall(function() sp.sleep(0) coroutine.yield("inner") error("x") end, function(e) steps = steps + 1 return e end) end)
    end
end)
for _ = 1, 100 do if not pcall(co) then break end end
print(steps > 3 and "harmless")
