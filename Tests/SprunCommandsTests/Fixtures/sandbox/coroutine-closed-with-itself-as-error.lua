-- It closes coroutines whose closing variables raise the coroutine itself, and raises that again.
-- expect: refused "SP0202"
local co
co = coroutine.create(function()
    local value <close> = setmetatable({}, { __close = function() error(co) end })
    coroutine.yield()
end)
coroutine.resume(co)
local _, raised = coroutine.close(co)
assert(raised == co)
error(raised)
