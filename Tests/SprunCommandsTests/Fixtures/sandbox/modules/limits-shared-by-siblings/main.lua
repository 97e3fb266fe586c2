-- It runs an imported recipe side by side, each of which makes more than its limit in its own coroutines.
-- expect: refused 8 "error[SP0804]"
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, limits = { create = 50 }, run = function()
    pcall(sp.each, { "aaa", "bbb", "ccc" }, function(n) return lib{ n = n } end)
    print("ESCAPED: it went on")
end }
