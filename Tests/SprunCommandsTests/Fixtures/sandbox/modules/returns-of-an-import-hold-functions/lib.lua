return recipe { name = "lib", version = "1.0.0", summary = "A recipe", needs = { create = { "sysusers" } }, returns = { f = "table" },
    run = function() return { f = { call = function() return sp.create_sysuser{ serverid = sp.servers()[1].id, name = "escaped" } end } } end }
