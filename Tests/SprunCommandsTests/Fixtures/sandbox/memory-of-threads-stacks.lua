-- Makes coroutines whose stacks are as large as they get.
-- expect: limit memory
local kept = {}
for i = 1, 1000 do
    kept[i] = coroutine.create(function(...) coroutine.yield(...) end)
    assert(coroutine.resume(kept[i], table.unpack({}, 1, 60000)))
end
