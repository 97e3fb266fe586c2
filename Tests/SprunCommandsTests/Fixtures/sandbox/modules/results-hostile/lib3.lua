return coroutine.create(print)
