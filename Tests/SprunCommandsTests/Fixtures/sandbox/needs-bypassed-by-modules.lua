-- Tries to create what its header does not need, by modules.
-- expect: harmless
local function create() sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "escaped" } end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { update = { "sysusers" } }, run = function()
    rawset(_G, "sp", setmetatable({}, { __index = sp }))
    pcall(create)
    pcall(rawset, sp, "create_sysuser", print)
    pcall(function() for name, f in pairs(sp) do if name:find("^create") then pcall(f, { serverid = "x" }) end end end)
    local found = #sp.sysusers{ name = "escaped" } + #sp.apps{ name = "escaped" }
    print(found == 0 and "harmless" or "ESCAPED: made what is not among the needs")
end }
