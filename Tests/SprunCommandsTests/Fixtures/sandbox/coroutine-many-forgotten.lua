-- Makes coroutine after coroutine and forgets them.
-- expect: limit cpu
while true do coroutine.wrap(function() coroutine.yield() end)() end
