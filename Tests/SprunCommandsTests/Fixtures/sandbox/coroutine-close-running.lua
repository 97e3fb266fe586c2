-- Closes the coroutine that runs.
-- expect: refused "cannot close a running coroutine"
coroutine.wrap(function() coroutine.close((coroutine.running())) end)()
