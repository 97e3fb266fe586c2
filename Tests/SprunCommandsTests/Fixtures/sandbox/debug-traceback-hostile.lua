-- Gives debug.traceback levels and threads that are none.
-- expect: harmless
local other = coroutine.create(function() coroutine.yield() end)
coroutine.resume(other)
for _, level in ipairs{ -1, 0, 1, 2, 1000, 1 << 31, 1 << 32, math.maxinteger, math.mininteger } do
    debug.traceback("x", level)
    debug.traceback(other, "x", level)
    debug.traceback(coroutine.running(), "x", level)
end
for _, message in ipairs{ {}, true, print, sp.null, other, setmetatable({}, { __tostring = error }) } do
    debug.traceback(message)
end
debug.traceback(coroutine.create(print))
debug.traceback(other, ("x"):rep(1e6))
pcall(debug.traceback, "x", 1.5)
pcall(debug.traceback, "x", {})
print("harmless")
