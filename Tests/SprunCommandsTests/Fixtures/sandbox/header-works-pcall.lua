-- Makes changes before its header is known, through pcall and xpcall.
-- expect: harmless
local made = 0
local function create()
    local user = sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "escaped" }
    made = made + 1
    return user
end
local function try(f, ...)
    pcall(f, ...)
end
try(pcall, create)
try(xpcall, create, function() return create() end)
try(pcall, pcall, create)
try(pcall, sp.create_sysuser, { serverid = "x", name = "y" })
return recipe {
    name = "hostile", version = "1.0.0", summary = "A hostile recipe",
    run = function()
        assert(#sp.sysusers{ name = "escaped" } == 0, "ESCAPED: a system user was made by a header")
        print(made == 0 and "harmless" or "ESCAPED: a call of a header came back")
    end,
}
