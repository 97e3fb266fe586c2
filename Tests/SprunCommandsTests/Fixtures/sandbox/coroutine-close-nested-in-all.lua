-- Closes 16 coroutines from one another at the bottom of 30 levels of functions that run side by side.
-- expect: harmless
local function deep(n, bottom)
    if n == 0 then return bottom() end
    local _ = ("x"):gsub("x", function() deep(n - 1, bottom) end)
end
local function close_all()
    local co
    for i = 1, 40 do
        local inner = co
        co = coroutine.create(function()
            local x <close> = setmetatable({}, { __close = function()
                deep(180, function() if inner then coroutine.close(inner) end end)
            end })
            coroutine.yield()
        end)
        coroutine.resume(co)
    end
    coroutine.close(co)
end
local function level(n)
    if n == 0 then return close_all() end
    sp.all{ function() level(n - 1) end, function() level(0) end }
end
level(5)
print("harmless")
