-- Resumes a coroutine in a coroutine without end, and catches the error at each level.
-- expect: limit cpu
-- finding: a new coroutine counts its instructions from nothing, and a resume does not look at the clock
local function deep()
    pcall(coroutine.wrap(deep))
    pcall(coroutine.wrap(deep))
end
deep()
