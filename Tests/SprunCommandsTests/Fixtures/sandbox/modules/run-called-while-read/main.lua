-- Runs an imported recipe while it is being read itself.
-- expect: refused "cannot make calls before run() starts"
local lib = import "lib"
lib()
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
