-- Imports when a variable is closed, also after an error and from outside.
-- expect: harmless
local function closing() return setmetatable({}, { __close = function() import "audit" end }) end
do local x <close> = closing() end
pcall(function() local x <close> = closing() error("x") end)
local co = coroutine.create(function() local x <close> = closing() coroutine.yield() end)
coroutine.resume(co)
coroutine.close(co)
print("harmless")
