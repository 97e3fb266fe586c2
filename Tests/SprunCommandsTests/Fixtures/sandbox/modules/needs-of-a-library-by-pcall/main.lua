-- A library does what it does not need, by pcall; its importer may.
-- expect: harmless
local lib = import "lib"
pcall(lib.try)
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, run = function() lib.try() if #sp.sysusers{ name = "escaped" } > 0 then print("ESCAPED: made what was not granted") end print("harmless") end }
