-- Calls what a library exports while it is being read by others.
-- expect: harmless
local middle = import "middle"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, run = function() if #sp.sysusers{ name = "escaped" } > 0 then print("ESCAPED: made what was not granted") end print("harmless") end }
