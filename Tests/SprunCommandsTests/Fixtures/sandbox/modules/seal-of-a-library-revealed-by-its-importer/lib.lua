return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = { secrets = "reveal" },
    exports = { give = function() return { alone = sp.secret("x"), joined = "x" .. sp.secret("x"), twice = sp.secret("x") .. sp.secret("y") } end } }
