-- A library asks for addresses, which its importer does not grant.
-- expect: refused "dns"
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() lib.ask() print("ESCAPED") end }
