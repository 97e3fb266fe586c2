-- Adds the finalizer to the metatable after it was set.
-- expect: harmless
local metatable = {}
for i = 1, 10000 do setmetatable({}, metatable) end
metatable.__gc = function() print("ESCAPED") end
for i = 1, 10000 do
    if pcall(setmetatable, {}, metatable) then print("ESCAPED") end
end
for i = 1, 1e5 do local _ = {} end
print("harmless")
