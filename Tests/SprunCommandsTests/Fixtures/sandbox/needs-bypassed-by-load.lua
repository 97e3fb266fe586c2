-- Tries to create what its header does not need, by load.
-- expect: harmless
local function create() sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "escaped" } end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { update = { "sysusers" } }, run = function()
    pcall(load('local create = ... create()'), create)
    pcall(load('sp.create_sysuser{ serverid = ..., name = "x" }', "=x", "t", { sp = sp }), "x")
    pcall(load, create)
    local found = #sp.sysusers{ name = "escaped" } + #sp.apps{ name = "escaped" }
    print(found == 0 and "harmless" or "ESCAPED: made what is not among the needs")
end }
