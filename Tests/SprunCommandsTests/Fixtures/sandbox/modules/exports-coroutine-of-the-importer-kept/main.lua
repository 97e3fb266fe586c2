-- It lets a library without needs resume a coroutine of its importer, which acts with the importer's needs by right.
-- expect: refused "a coroutine cannot be passed to another module"
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, run = function()
    lib.keep(coroutine.create(function(name) sp.sleep(1) return sp.time() end))
    local status = lib.use()
    lib.keep(coroutine.running())
    pcall(lib.use)
    print(status == "dead" and "harmless")
end }
