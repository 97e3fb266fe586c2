-- Calls itself a module whose name is a table.
-- expect: harmless
-- finding: base_rawset believes a __hostmodule of the recipe's own metatable, and says (null)
rawset(setmetatable({}, { __hostmodule = {} }), "x", 1)
print("harmless")
