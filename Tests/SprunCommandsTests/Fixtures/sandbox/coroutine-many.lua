-- Makes coroutine after coroutine and keeps them.
-- expect: limit memory
local kept = {}
for i = 1, 1e9 do
    kept[i] = coroutine.create(function() coroutine.yield() end)
    coroutine.resume(kept[i])
end
