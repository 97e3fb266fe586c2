-- Imports in its body a module that makes changes while it is being read.
-- expect: harmless
local again
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, run = function()
    pcall(import, "middle")
    if #sp.sysusers{ name = "escaped" } > 0 then print("ESCAPED: made what was not granted") end
    print("harmless")
end }
