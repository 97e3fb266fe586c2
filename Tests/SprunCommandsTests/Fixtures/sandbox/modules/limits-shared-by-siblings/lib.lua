return recipe { name = "lib", version = "1.0.0", summary = "A recipe", needs = { create = { "sysusers" } }, limits = { create = 2 }, params = { n = param.string{} },
    run = function(p) for i = 1, 5 do pcall(sp.create_sysuser, { serverid = sp.servers()[1].id, name = p.n .. i }) end end }
