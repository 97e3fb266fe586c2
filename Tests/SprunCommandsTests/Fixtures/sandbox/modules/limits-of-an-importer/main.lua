-- An imported recipe creates more than its importer may, in many calls.
-- expect: refused 8 "error[SP0804]"
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, limits = { create = 2 }, run = function()
    for i = 1, 10 do pcall(lib, { name = "limited" .. i }) end
    print("ESCAPED: it went on")
end }
