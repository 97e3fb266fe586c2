-- Imports in coroutines within coroutines.
-- expect: harmless
local audit = coroutine.wrap(function() return coroutine.wrap(function() return import "audit" end)() end)()
assert(type(audit) == "function")
print("harmless")
