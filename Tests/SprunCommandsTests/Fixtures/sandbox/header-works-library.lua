-- Makes changes before its header is known, through functions that call functions.
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
try(table.sort, { 1, 2, 3 }, create)
try(string.gsub, "x", "x", create)
try(sp.all, { create, create })
try(sp.each, { 1, 2 }, create)
try(sp.log, "x")
try(sp.sleep, 1)
try(sp.secret, "x")
try(dns.addresses, "localhost")
return recipe {
    name = "hostile", version = "1.0.0", summary = "A hostile recipe",
    run = function()
        assert(#sp.sysusers{ name = "escaped" } == 0, "ESCAPED: a system user was made by a header")
        print(made == 0 and "harmless" or "ESCAPED: a call of a header came back")
    end,
}
