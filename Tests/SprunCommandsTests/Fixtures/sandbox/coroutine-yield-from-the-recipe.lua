-- Yields where nobody has resumed.
-- expect: refused "attempt to yield from outside a coroutine"
coroutine.yield(1)
