-- Inherits the finalizer, which setmetatable does not see and Lua must not find.
-- expect: harmless
local metatable = setmetatable({}, { __index = { __gc = function() print("ESCAPED") end } })
for i = 1, 1000 do setmetatable({}, metatable) end
for i = 1, 1e5 do local _ = {} end
print("harmless")
