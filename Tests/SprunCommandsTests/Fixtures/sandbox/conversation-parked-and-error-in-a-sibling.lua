-- It fails in one of a thousand functions side by side while the others wait in coroutines in coroutines.
-- expect: refused "item 500"
local calls = {}
for i = 1, 1000 do
    calls[i] = function()
        coroutine.wrap(function() coroutine.wrap(function() sp.sleep(i < 500 and 100 or 0) if i == 500 then error("here") end end)() end)()
    end
end
sp.all(calls)
