-- Yields what looks as if the coroutine waited for the host.
-- expect: harmless
local co = coroutine.wrap(function() return coroutine.yield(sp.null, 1) end)
if co() ~= sp.null or co("mine") ~= "mine" then print("ESCAPED") end
print("harmless")
