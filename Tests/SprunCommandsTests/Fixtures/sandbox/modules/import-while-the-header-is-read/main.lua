-- It calls the host in a module before the module's header is known, while the importer runs.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { http = { "a.example" }, dns = true }, run = function()
    local lib = import "lib"
    lib.f()
    print("harmless")
end }
