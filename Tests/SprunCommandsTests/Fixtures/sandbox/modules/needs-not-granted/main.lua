-- A library needs what its importer does not grant.
-- expect: refused "its own needs do not include this call"
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() lib.make() print("ESCAPED") end }
