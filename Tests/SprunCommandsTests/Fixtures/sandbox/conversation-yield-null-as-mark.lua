-- It takes null, the only light value that it has, for the mark of a waiting coroutine.
-- expect: harmless
local co = coroutine.create(function()
    coroutine.yield(sp.null, 0)
    coroutine.yield(sp.null, 1)
    coroutine.yield(1, sp.null, 1 << 40)
end)
for _ = 1, 3 do
    coroutine.resume(co)
    if coroutine.status(co) ~= "suspended" then print("ESCAPED: it counts as waiting") end
end
assert(coroutine.close(co))
print("harmless")
