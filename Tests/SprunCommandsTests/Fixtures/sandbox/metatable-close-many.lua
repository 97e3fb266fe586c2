-- Leaves 150,000 variables to be closed, with an error in each.
-- expect: refused "again"
local metatable = { __close = function() error("again") end }
local function deep(n)
    local x <close> = setmetatable({}, metatable)
    if n > 0 then deep(n - 1) end
    return 1
end
deep(150000)
