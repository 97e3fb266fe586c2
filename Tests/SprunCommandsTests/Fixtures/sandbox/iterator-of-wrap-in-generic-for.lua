-- It uses a wrapped coroutine as the iterator, the state and the closing value of a loop.
-- expect: refused "cannot resume dead coroutine"
local wrapped = coroutine.wrap(function(...) for i = 1, 3 do coroutine.yield(i, ...) end end)
for value in wrapped, wrapped, wrapped, setmetatable({}, { __close = wrapped }) do assert(value <= 3) end
wrapped()
print("ESCAPED")
