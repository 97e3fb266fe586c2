-- Three modules import one another, and the one in the middle grants nothing.
-- expect: harmless
local middle = import "middle"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, run = function()
    pcall(middle.make)
    pcall(middle.get().make)
    if #sp.sysusers{ name = "escaped" } > 0 then print("ESCAPED: made what was not granted") end
    print("harmless")
end }
