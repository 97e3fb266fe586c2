-- It lets a library that may create call functions of a recipe that may not, by each, pcall, wrap and load.
-- expect: harmless
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local function make() return sp.create_sysuser{ serverid = sp.servers()[1].id, name = "escaped" } end
    pcall(lib.each, { 1, 2 }, make)
    pcall(lib.call, make)
    pcall(function() lib.wrap(make)() end)
    pcall(function() lib.load("sp.create_sysuser{ serverid = sp.servers()[1].id, name = 'escaped' }")() end)
    pcall(lib.call, sp.create_sysuser, { serverid = sp.servers()[1].id, name = "escaped" })
    for _, user in ipairs(sp.sysusers()) do if user.name == "escaped" then print("ESCAPED: it made what it may not") end end
    print("harmless")
end }
