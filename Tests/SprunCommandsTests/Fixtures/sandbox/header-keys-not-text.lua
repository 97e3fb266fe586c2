-- Its header has keys that are functions and tables.
-- expect: refused "key"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end, [print] = 1, [{}] = 2, [1.5] = 3 }
