-- A library keeps what it is given, and calls it later and from other coroutines.
-- expect: harmless
local lib = import "lib"
local calls = 0
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    lib.keep(function() calls = calls + 1 return sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "escaped" } end)
    lib.later()
    if #sp.sysusers{ name = "escaped" } > 0 then print("ESCAPED: made what was not granted") end
    print(calls > 0 and "harmless")
end }
