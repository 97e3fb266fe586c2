-- Goes on in a new coroutine at each step, made by the one before, so that none lives for long.
-- expect: limit cpu
local function step() return coroutine.create(step) end
local co = coroutine.create(step)
while true do
    local _, following = coroutine.resume(co)
    co = following
end
