-- Closes the coroutine in which the recipe runs, from within and from another that it waits for.
-- expect: harmless
local main = coroutine.running()
if pcall(coroutine.close, main) then print("ESCAPED") end
if pcall(coroutine.wrap(function() coroutine.close(main) end)) then print("ESCAPED") end
sp.all{
    function()
        if pcall(coroutine.close, main) then print("ESCAPED") end
        if pcall(coroutine.resume, main) and coroutine.resume(main) then print("ESCAPED") end
    end,
}
print("harmless")
