-- It imports a part a thousand times from a thousand coroutines, half of which are closed meanwhile.
-- expect: harmless
local count = 0
local calls = {}
for i = 1, 1000 do
    calls[i] = function()
        local co = coroutine.create(function() local said = import("./lib").say() count = count + (said == "said" and 1 or 0) end)
        coroutine.resume(co)
        if i % 2 == 0 then pcall(coroutine.close, co) end
    end
end
sp.all(calls)
print(count >= 500 and "harmless")
