-- It closes and resumes from a message handler the coroutine in which the error is.
-- expect: harmless
local co
co = coroutine.create(function()
    return xpcall(function() error("x") end, function()
        pcall(coroutine.close, co)
        pcall(coroutine.resume, co)
        pcall(debug.traceback, co)
        pcall(coroutine.wrap(function() coroutine.close(co) end))
        return coroutine.status(co)
    end)
end)
local ok, failed, status = coroutine.resume(co)
print(ok and not failed and status == "running" and "harmless")
