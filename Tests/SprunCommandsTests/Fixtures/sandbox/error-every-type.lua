-- Raises every type of value, and catches it.
-- expect: harmless
local failure = select(2, pcall(sp.app, "none"))
for _, value in ipairs{ 1, 0 / 0, "x", true, {}, print, sp.null, coroutine.create(print), sp, _G, failure, string } do
    for level = -1, 3 do
        local can, caught = pcall(error, value, level)
        if can then print("ESCAPED") end
        pcall(coroutine.wrap(function() error(value, level) end))
        coroutine.close((function()
            local co = coroutine.create(function() error(value, level) end)
            coroutine.resume(co)
            return co
        end)())
    end
end
pcall(error)
pcall(error, nil)
print("harmless")
