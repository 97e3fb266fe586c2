-- Its importer hands sp over to what a library loads.
-- expect: harmless
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    lib.load({ sp = sp })
    if #sp.sysusers{ name = "escaped" } > 0 then print("ESCAPED: made what was not granted") end
    print("harmless")
end }
