-- Ends with the running coroutine as the error.
-- expect: refused "(the error value is a thread)"
error((coroutine.running()))
