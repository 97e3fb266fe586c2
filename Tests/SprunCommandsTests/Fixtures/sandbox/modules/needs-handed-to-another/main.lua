-- A module without needs is given functions of one that has them, and may use these alone.
-- expect: harmless
local lib, other = import "lib", import "other"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, run = function()
    other.call(lib.make, "granted")
    assert(#sp.sysusers{ name = "granted" } == 1)
    other.try()
    if #sp.sysusers{ name = "escaped" } > 0 then print("ESCAPED: made what was not granted") end
    print("harmless")
end }
