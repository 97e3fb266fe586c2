-- Makes changes before its header is known, through coroutines.
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
try(coroutine.wrap(create))
try(coroutine.resume, coroutine.create(create))
try(coroutine.wrap(function() return coroutine.wrap(create)() end))
try(function() local co = coroutine.create(function() local x <close> = setmetatable({}, { __close = create }) coroutine.yield() end)
    coroutine.resume(co) return coroutine.close(co) end)
return recipe {
    name = "hostile", version = "1.0.0", summary = "A hostile recipe",
    run = function()
        assert(#sp.sysusers{ name = "escaped" } == 0, "ESCAPED: a system user was made by a header")
        print(made == 0 and "harmless" or "ESCAPED: a call of a header came back")
    end,
}
