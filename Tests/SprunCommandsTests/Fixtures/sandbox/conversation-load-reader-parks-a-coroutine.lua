-- It resumes from a reader of load a coroutine that waits for the host, and closes it there.
-- expect: harmless
local waiting = coroutine.create(function() return sp.sleep(5) end)
sp.all{
    function() coroutine.resume(waiting) end,
    function()
        local pieces = 0
        pcall(load, function()
            pieces = pieces + 1
            pcall(coroutine.resume, waiting)
            if pieces == 3 then pcall(coroutine.close, waiting) end
            return pieces < 5 and "local a" .. pieces .. " " or nil
        end)
    end,
}
print(coroutine.status(waiting) == "dead" and "harmless")
