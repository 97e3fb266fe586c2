-- Marks a metatable for finalizers with false and replaces it afterwards.
-- expect: harmless
local metatable = { __gc = false }
if pcall(setmetatable, {}, metatable) then
    metatable.__gc = function() print("ESCAPED") end
    for i = 1, 1e5 do local _ = setmetatable({}, { __index = metatable }) end
end
print("harmless")
