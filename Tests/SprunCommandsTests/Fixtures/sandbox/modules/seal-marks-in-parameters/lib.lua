return recipe { name = "lib", version = "1.0.0", summary = "A recipe", params = { s = param.secret{}, w = param.string{}, l = param.list{ of = param.string{} }, e = param.enum{ values = { "a" } },
    n = param.integer{}, d = param.domain{}, f = param.file{} }, returns = { s = "secret?", w = "string?" }, run = function(p) sp.log(p.w or "x") return { s = p.s, w = p.w } end }
