-- Starts a coroutine before its header is known, and goes on with it in the body, which may not create.
-- expect: refused "do not include this call"
local go_on = coroutine.wrap(function()
    coroutine.yield()
    sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "escaped" }
    print("ESCAPED: made what is not among the needs")
end)
go_on()
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() go_on() end }
