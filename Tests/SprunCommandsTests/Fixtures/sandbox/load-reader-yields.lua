-- Yields inside a reader.
-- expect: refused "attempt to yield across a C-call boundary"
coroutine.wrap(function() assert(load(function() coroutine.yield() end)) end)()
