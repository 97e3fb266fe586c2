local function inside()
    pcall(coroutine.close, (coroutine.running()))
    pcall(coroutine.resume, (coroutine.running()))
end
return { inside = inside, take = function(co)
    pcall(coroutine.close, co)
    pcall(coroutine.resume, co, "x")
    pcall(coroutine.wrap(function() coroutine.close(co) end))
    pcall(coroutine.wrap(function() coroutine.resume(co) end))
    pcall(sp.all, { function() coroutine.close(co) end, function() coroutine.resume(co) end })
    pcall(debug.traceback, co)
    pcall(coroutine.yield)
end }
