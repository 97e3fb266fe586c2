-- Keeps functions running that the recipe does not wait for.
-- expect: harmless
local waiting = coroutine.create(function()
    sp.sleep(1000)
    print("ESCAPED")
end)
sp.all{ function()
    coroutine.close(coroutine.create(print))
end, function() coroutine.wrap(function() coroutine.yield() end)() end }
local co = coroutine.create(function()
    local x <close> = setmetatable({}, { __close = function() print("ESCAPED") end })
    coroutine.yield()
end)
coroutine.resume(co)
print("harmless")
