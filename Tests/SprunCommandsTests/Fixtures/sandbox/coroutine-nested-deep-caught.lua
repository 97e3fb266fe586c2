-- Resumes a coroutine in a coroutine without end, and catches the error at each level.
-- expect: limit cpu
local function deep()
    pcall(coroutine.wrap(deep))
    pcall(coroutine.wrap(deep))
end
deep()
