-- Closes a coroutine from the __close that its closing calls.
-- expect: harmless
local co
co = coroutine.create(function()
    local x <close> = setmetatable({}, { __close = function()
        pcall(coroutine.close, co)
        pcall(coroutine.resume, co)
        coroutine.status(co)
    end })
    coroutine.yield()
end)
coroutine.resume(co)
coroutine.close(co)
coroutine.close(co)
print("harmless")
