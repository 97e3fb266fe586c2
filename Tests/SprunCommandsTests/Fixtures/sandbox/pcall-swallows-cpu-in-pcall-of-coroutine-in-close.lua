-- Loops in a pcall in a coroutine in a __close in a pcall.
-- expect: limit cpu
local function endless() while true do pcall(function() while true do end end) end end
while true do
    pcall(function()
        local x <close> = setmetatable({}, { __close = function() pcall(coroutine.wrap(endless)) end })
        error("x")
    end)
end
