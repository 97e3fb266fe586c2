return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = { create = { "sysusers" } },
    exports = { each = function(list, f) return sp.each(list, f) end, call = function(f, ...) return pcall(f, ...) end, wrap = coroutine.wrap, load = load } }
