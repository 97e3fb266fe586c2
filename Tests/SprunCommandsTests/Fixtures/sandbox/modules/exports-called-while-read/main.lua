-- Calls what a library exports while it is being read itself, before it has said what it needs.
-- expect: harmless
local lib = import "lib"
pcall(lib.make)
pcall(coroutine.wrap(lib.make))
pcall(sp.all, { lib.make })
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() if #sp.sysusers{ name = "escaped" } > 0 then print("ESCAPED: made what was not granted") end print("harmless") end }
