-- Asks for the status of coroutines in every state while they change it.
-- expect: harmless
local kept = {}
for i = 1, 100 do
    kept[i] = coroutine.create(function()
        if i % 3 == 0 then error("x") end
        if i % 3 == 1 then sp.sleep(i) end
        coroutine.yield()
    end)
end
local calls = {}
for i, co in ipairs(kept) do
    calls[i] = function()
        for _ = 1, 5 do
            coroutine.resume(co)
            for _, other in ipairs(kept) do
                coroutine.status(other)
                coroutine.isyieldable(other)
            end
            if i % 7 == 0 then pcall(coroutine.close, kept[101 - i]) end
        end
    end
end
sp.all(calls)
print("harmless")
