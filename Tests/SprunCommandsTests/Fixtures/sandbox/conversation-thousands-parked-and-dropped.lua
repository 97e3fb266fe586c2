-- It parks thousands of coroutines in the host, forgets them, and goes on.
-- expect: harmless
local calls = {}
for i = 1, 3000 do
    calls[i] = function()
        local inner = coroutine.wrap(function() sp.sleep(i) end)
        local dropped = coroutine.create(function() inner() end)
        coroutine.resume(dropped)
        coroutine.close(dropped)
    end
end
pcall(sp.all, calls)
calls = nil
for i = 1, 50 do local _ = ("x"):rep(100000) .. i end
sp.sleep(1)
print("harmless")
