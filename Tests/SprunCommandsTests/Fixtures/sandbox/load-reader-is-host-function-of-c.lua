-- Lets a function of C be the reader, which gives the same text again and again.
-- expect: limit cpu
load(coroutine.wrap(function() while true do coroutine.yield(" ") end end))
print("ended")
