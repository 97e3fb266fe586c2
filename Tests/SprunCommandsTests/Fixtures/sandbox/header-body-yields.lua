-- Its body is a coroutine's function that yields without end.
-- expect: refused "dead coroutine"
local body = coroutine.wrap(function() return 1 end)
body()
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = body }
