-- Closes a coroutine that has resumed the one that closes it.
-- expect: refused "cannot close a normal coroutine"
local outer
outer = coroutine.create(function() coroutine.wrap(function() coroutine.close(outer) end)() end)
error(select(2, coroutine.resume(outer)), 0)
