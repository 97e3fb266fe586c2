-- Lets 40,000 wrapped coroutines fail in one another's __close.
-- expect: harmless
local wrapped
for i = 1, 40000 do
    local inner = wrapped
    wrapped = coroutine.wrap(function()
        local x <close> = setmetatable({}, { __close = function() if inner then inner() end end })
        error("x")
    end)
end
pcall(wrapped)
print("harmless")
