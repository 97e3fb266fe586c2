return recipe { name = "same", version = "1.0.0", summary = "A library", needs = { secrets = "reveal" },
    exports = { ask = function() return sp.secret("password"), sp.secret("password"):reveal() end } }
