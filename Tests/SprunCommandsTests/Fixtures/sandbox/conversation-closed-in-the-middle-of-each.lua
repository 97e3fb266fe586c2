-- It closes from within each the coroutine that waits for each.
-- expect: harmless
local outer = coroutine.create(function()
    sp.each({ 1, 2, 3 }, function() sp.sleep(10) print("ESCAPED: it went on") end)
    print("ESCAPED: it got results")
end)
sp.all{
    function() coroutine.resume(outer) end,
    function() sp.sleep(1) coroutine.close(outer) sp.sleep(60) end,
}
print("harmless")
