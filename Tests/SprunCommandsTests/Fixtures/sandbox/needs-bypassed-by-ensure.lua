-- Tries to create what its header does not need, by ensure.
-- expect: harmless
local function create() sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "escaped" } end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { update = { "sysusers" } }, run = function()
    pcall(sp.ensure_sysuser, { serverid = sp.find_server{ name = "www1" }.id, name = "escaped" })
    pcall(sp.ensure_app, { name = "escaped", sysuserid = sp.sysusers()[1].id, runtime = "php8.1" })
    local found = #sp.sysusers{ name = "escaped" } + #sp.apps{ name = "escaped" }
    print(found == 0 and "harmless" or "ESCAPED: made what is not among the needs")
end }
