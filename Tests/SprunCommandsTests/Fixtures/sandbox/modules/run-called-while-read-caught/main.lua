-- Runs an imported recipe while it is being read itself, and catches that.
-- expect: harmless
local lib = import "lib"
pcall(lib)
pcall(coroutine.wrap(lib))
pcall(sp.all, { lib })
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
