return recipe { name = "lib", version = "1.0.0", summary = "A recipe", returns = { password = "secret" }, run = function() return { password = sp.secret("x") } end }
