-- Closes 16 coroutines from one another, each at the bottom of 190 levels of print and its buffers.
-- expect: harmless
local bottom
local function deep(n)
    if n == 0 then return bottom and bottom() end
    print(setmetatable({}, { __tostring = function()
        deep(n - 1)
        return "x"
    end }))
end
local co
for i = 1, 40 do
    local inner = co
    co = coroutine.create(function()
        local x <close> = setmetatable({}, { __close = function()
            bottom = function() if inner then coroutine.close(inner) end end
            deep(180)
        end })
        coroutine.yield()
    end)
    coroutine.resume(co)
end
pcall(coroutine.close, co)
print("harmless")
