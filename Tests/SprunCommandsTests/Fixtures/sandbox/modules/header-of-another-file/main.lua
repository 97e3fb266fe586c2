-- It makes its header by functions of a library, with the needs of that library.
-- expect: refused "SP02"
local lib = import "lib"
local make = lib.raw or lib.recipe
return recipe (make{ name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    sp.create_sysuser{ serverid = sp.servers()[1].id, name = "escaped" }
    print("ESCAPED")
end })
