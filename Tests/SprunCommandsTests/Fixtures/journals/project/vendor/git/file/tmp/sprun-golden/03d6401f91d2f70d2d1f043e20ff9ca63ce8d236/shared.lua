return recipe {
    name = "shared", version = "1.0.0", summary = "Somebody else's", needs = { create = { "sysusers" } },
    params = { server = param.server{ required = true }, name = param.string{ required = true } },
    returns = { said = "string" },
    run = function(p) return { said = sp.create_sysuser{ serverid = p.server.id, name = p.name }.name } end,
}
