return recipe { name = "lib", version = "1.0.0", summary = "A recipe", needs = { secrets = "reveal" },
    params = { n = param.integer{}, e = param.enum{ values = { "a" } }, d = param.domain{}, s = param.secret{}, t = param.duration{} },
    returns = { n = "integer" }, run = function(p) error(p.s and p.s .. p.s:reveal() or "none") end }
