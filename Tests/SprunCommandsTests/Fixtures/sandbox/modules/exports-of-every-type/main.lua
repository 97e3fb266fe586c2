-- It imports a library whose exports are numbers, tables, coroutines and what can be called.
-- expect: refused "exports"
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() lib.a() print("ESCAPED") end }
