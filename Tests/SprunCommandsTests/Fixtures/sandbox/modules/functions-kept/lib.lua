local kept = {}
return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = { create = { "sysusers" } }, exports = { keep = function(f) kept[#kept + 1] = f end, later = function() for _, f in ipairs(kept) do pcall(f) pcall(coroutine.wrap(f)) pcall(sp.all, { f }) end end } }
