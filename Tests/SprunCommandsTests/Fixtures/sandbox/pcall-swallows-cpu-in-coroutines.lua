-- Lets the end of the time end a coroutine, and goes on in another.
-- expect: limit cpu
while true do
    local co = coroutine.create(function() while true do end end)
    coroutine.resume(co)
    coroutine.close(co)
    pcall(coroutine.wrap(function() while true do end end))
end
