-- A library creates more than its header says; its importer catches that.
-- expect: refused 8 "error[SP0804]"
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, run = function()
    for i = 1, 10 do pcall(lib.make, "limited" .. i) end
    print("ESCAPED: it went on")
end }
