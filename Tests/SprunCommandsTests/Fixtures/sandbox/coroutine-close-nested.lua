-- Closes 40,000 coroutines from one another, which crashes Lua 5.4.4.
-- expect: refused "coroutines are closed from one another too deeply"
local co
for i = 1, 40000 do
    local inner = co
    co = coroutine.create(function()
        local x <close> = setmetatable({}, { __close = function()
            if inner then assert(coroutine.close(inner)) end
        end })
        coroutine.yield()
    end)
    coroutine.resume(co)
end
local can, message = coroutine.close(co)
error(message, 0)
