-- Calls itself a module whose name is a table.
-- expect: harmless
rawset(setmetatable({}, { __hostmodule = {} }), "x", 1)
print("harmless")
