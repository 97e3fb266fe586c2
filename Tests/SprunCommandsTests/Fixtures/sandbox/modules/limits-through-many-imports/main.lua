-- It imports the same library by many names, to get its limit many times.
-- expect: refused 8 "error[SP0804]"
local all = { import "lib", import "./lib", import "./lib.lua", import "././lib" }
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, run = function()
    for i = 1, 8 do pcall(all[i % #all + 1].make, "limited" .. i) end
    print("ESCAPED: it made " .. #sp.sysusers())
end }
