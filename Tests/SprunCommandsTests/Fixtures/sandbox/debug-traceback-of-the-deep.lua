-- Makes a traceback at the bottom of 190,000 calls, again and again.
-- expect: limit cpu
local function deep(n)
    if n == 0 then
        while true do debug.traceback("x") end
    end
    local r = deep(n - 1)
    return r
end
deep(190000)
