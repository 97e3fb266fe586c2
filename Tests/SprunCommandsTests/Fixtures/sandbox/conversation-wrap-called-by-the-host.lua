-- It gives each a wrapped coroutine as its function, which the host then calls many times at once.
-- expect: refused "SP02"
local wrapped = coroutine.wrap(function(...) while true do sp.sleep(1) coroutine.yield(...) end end)
sp.each({ 1, 2, 3, 4, 5, 6 }, wrapped)
print("ESCAPED")
