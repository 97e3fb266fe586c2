-- A library needs what its importer does not grant.
-- expect: refused "does not grant this"
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() lib.make() print("ESCAPED") end }
