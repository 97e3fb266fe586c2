-- Its body is coroutine.yield.
-- expect: refused "outside a coroutine"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = coroutine.yield }
