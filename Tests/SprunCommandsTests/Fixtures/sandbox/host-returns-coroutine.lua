-- Returns the running coroutine.
-- expect: refused "a thread cannot be passed"
return coroutine.running()
