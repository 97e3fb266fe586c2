-- Lets an error go up through 180 wrapped coroutines, each of which fails again in its __close.
-- expect: refused "again"
local function level(n)
    local x <close> = setmetatable({}, { __close = function() error("again", 0) end })
    if n == 0 then error("first", 0) end
    coroutine.wrap(level)(n - 1)
end
level(150)
