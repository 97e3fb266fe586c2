-- Closes 16 coroutines from one another, each at the bottom of 190 levels of C with large frames.
-- expect: harmless
local function deep(n, bottom)
    if n == 0 then return bottom() end
    local _ = ("x"):gsub("x", function() deep(n - 1, bottom) end)
end
local co
for i = 1, 40 do
    local inner = co
    co = coroutine.create(function()
        local x <close> = setmetatable({}, { __close = function()
            deep(190, function() if inner then coroutine.close(inner) end end)
        end })
        coroutine.yield()
    end)
    coroutine.resume(co)
end
coroutine.close(co)
print("harmless")
