-- A library asks for addresses while its importer is being read.
-- expect: harmless
local lib = import "lib"
if pcall(lib.ask) then print("ESCAPED: it asked") end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
