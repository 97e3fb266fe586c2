-- Yields and waits inside __pairs.
-- expect: harmless
local value = setmetatable({}, { __pairs = function(t)
    coroutine.yield()
    sp.sleep(1)
    return next, t, nil
end })
local walk = coroutine.wrap(function() for _ in pairs(value) do end return "done" end)
walk()
if walk() ~= "done" then print("ESCAPED") end
print("harmless")
