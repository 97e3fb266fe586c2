-- Imports a recipe that ships, changes it, and imports it again.
-- expect: harmless
local audit = import "audit"
assert(import "audit" == audit and type(audit) == "function")
assert(not pcall(audit, { nothing = 1 }))
assert(not pcall(audit, print))
print("harmless")
