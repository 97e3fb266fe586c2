-- Makes changes before its header is known, through text that is loaded.
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
try(load('local create = ... return create()'), create)
try(load('return sp.create_sysuser{ serverid = "x", name = "y" }'))
try(load('return sp.find_server{ name = "www1" }', "x", "t", { sp = sp }))
try(load, create)
return recipe {
    name = "hostile", version = "1.0.0", summary = "A hostile recipe",
    run = function()
        assert(#sp.sysusers{ name = "escaped" } == 0, "ESCAPED: a system user was made by a header")
        print(made == 0 and "harmless" or "ESCAPED: a call of a header came back")
    end,
}
