-- Loops in a pcall in a coroutine in a __close, at the end of the recipe.
-- expect: limit cpu
local x <close> = setmetatable({}, { __close = function()
    coroutine.wrap(function()
        pcall(function()
            while true do end
        end)
        while true do end
    end)()
end })
return { x = 1 }
