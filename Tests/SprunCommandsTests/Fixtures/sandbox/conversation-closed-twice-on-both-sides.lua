-- It closes the same waiting chain from its two ends, while a third waits for its middle.
-- expect: harmless
local c, b, a
c = coroutine.create(function() sp.sleep(30) end)
b = coroutine.create(function() local x <close> = setmetatable({}, { __close = function() coroutine.close(c) end }) coroutine.resume(c) end)
a = coroutine.create(function() coroutine.resume(b) return "went on" end)
sp.all{
    function() coroutine.resume(a) end,
    function() sp.sleep(1) pcall(coroutine.close, b) pcall(coroutine.close, c) pcall(coroutine.close, a) end,
    function() for _ = 1, 40 do sp.sleep(1) pcall(coroutine.resume, b) pcall(coroutine.status, c) end end,
}
print("harmless")
