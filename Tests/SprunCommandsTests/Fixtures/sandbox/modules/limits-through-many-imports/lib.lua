return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = { create = { "sysusers" } }, limits = { create = 1 },
    exports = { make = function(n) return sp.create_sysuser{ serverid = sp.servers()[1].id, name = n } end } }
