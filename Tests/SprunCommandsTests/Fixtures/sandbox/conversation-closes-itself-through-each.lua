-- It closes, from a function that each runs, the coroutine that called each.
-- expect: harmless
local outer
outer = coroutine.create(function()
    sp.each({ 1, 2, 3 }, function(i)
        sp.sleep(i)
        pcall(coroutine.close, outer)
        sp.sleep(i)
        return i
    end)
end)
pcall(coroutine.resume, outer)
sp.sleep(30)
print("harmless")
