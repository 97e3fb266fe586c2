-- Walks with wrapped coroutines that end, fail and are walked again.
-- expect: refused "cannot resume dead coroutine"
for _ in coroutine.wrap(function() coroutine.yield(1) end) do end
local walk = coroutine.wrap(function() coroutine.yield(1) end)
for _ in walk do end
for _ in walk do print("ESCAPED") end
