-- It raises a coroutine that waits for the host, and has others resume and close the error.
-- expect: harmless
local waiting = coroutine.create(function() sp.sleep(50) end)
sp.all{
    function() coroutine.resume(waiting) end,
    function()
        local _, raised = pcall(error, waiting)
        pcall(coroutine.resume, raised)
        pcall(coroutine.wrap(function() error(raised) end))
        coroutine.close(raised)
    end,
}
print("harmless")
