-- Gives sp.all functions of the host and of C.
-- expect: refused "item 3: result 1: a thread cannot be passed"
sp.all{ sp.time, sp.servers, coroutine.running, print, sp.all and function() end }
sp.all{ sp.all }
