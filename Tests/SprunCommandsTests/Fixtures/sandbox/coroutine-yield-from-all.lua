-- Yields from a function that the host runs.
-- expect: refused "attempt to yield from outside a coroutine"
sp.all{ function() coroutine.yield(1) end }
