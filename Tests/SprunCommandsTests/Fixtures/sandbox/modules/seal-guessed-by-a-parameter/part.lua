return recipe { name = "part", version = "1.0.0", summary = "A recipe", params = { s = param.secret{}, word = param.string{} }, returns = { s = "secret" },
    run = function(p) return { s = p.s } end }
