-- Runs an imported recipe while it is being read itself.
-- expect: refused "does nothing before it runs"
local lib = import "lib"
lib()
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
