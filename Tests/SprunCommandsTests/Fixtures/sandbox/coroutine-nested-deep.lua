-- Resumes a coroutine in a coroutine, without end.
-- expect: limit depth
local function deep() return coroutine.wrap(deep)() end
deep()
