return recipe { name = "part", version = "1.0.0", summary = "A recipe", needs = { secrets = "reveal" }, params = { first = param.secret{}, second = param.secret{} }, returns = { made = "string" },
    run = function(p) return { made = (p.first .. p.second):reveal() } end }
