-- Resumes a coroutine that waits for the host, with a result of its own.
-- expect: refused "cannot resume a coroutine that waits for the host"
local waiting = coroutine.create(function() return sp.sleep(5) end)
local message
sp.all{
    function() coroutine.resume(waiting) end,
    function() message = select(2, coroutine.resume(waiting, "stolen")) end,
}
error(message, 0)
