-- Ends a coroutine with an error, and closes a variable of it with a function that never ends.
-- expect: limit cpu
local failing = coroutine.create(function()
    local x <close> = setmetatable({}, { __close = function() while true do end end })
    error("x")
end)
coroutine.resume(failing)
coroutine.close(failing)
