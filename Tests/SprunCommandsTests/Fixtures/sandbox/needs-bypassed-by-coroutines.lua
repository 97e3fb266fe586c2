-- Tries to create what its header does not need, by coroutines.
-- expect: harmless
local function create() sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "escaped" } end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { update = { "sysusers" } }, run = function()
    pcall(coroutine.wrap(create))
    coroutine.resume(coroutine.create(create))
    local co = coroutine.create(function()
        local x <close> = setmetatable({}, { __close = create })
        coroutine.yield()
    end)
    coroutine.resume(co)
    coroutine.close(co)
    local found = #sp.sysusers{ name = "escaped" } + #sp.apps{ name = "escaped" }
    print(found == 0 and "harmless" or "ESCAPED: made what is not among the needs")
end }
