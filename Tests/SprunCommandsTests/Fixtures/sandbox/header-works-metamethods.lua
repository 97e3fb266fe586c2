-- Makes changes before its header is known, through metamethods.
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
local events = { "__index", "__newindex", "__call", "__tostring", "__concat", "__len", "__eq", "__lt", "__close", "__pairs" }
local meta = {}
for _, event in ipairs(events) do meta[event] = create end
local thing, other = setmetatable({}, meta), setmetatable({}, meta)
try(function() return thing.x end)
try(function() thing.x = 1 end)
try(function() return thing() end)
try(tostring, thing)
try(function() return thing .. other end)
try(function() return #thing end)
try(function() return thing == other end)
try(function() return thing < other end)
try(function() local x <close> = thing end)
try(function() for _ in pairs(thing) do end end)
return recipe {
    name = "hostile", version = "1.0.0", summary = "A hostile recipe",
    run = function()
        assert(#sp.sysusers{ name = "escaped" } == 0, "ESCAPED: a system user was made by a header")
        print(made == 0 and "harmless" or "ESCAPED: a call of a header came back")
    end,
}
