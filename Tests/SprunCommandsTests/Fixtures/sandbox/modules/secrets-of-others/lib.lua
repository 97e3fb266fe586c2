return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = { secrets = "reveal" },
    exports = { secret = function(name) return sp.secret(name), sp.secret(name):reveal() end } }
