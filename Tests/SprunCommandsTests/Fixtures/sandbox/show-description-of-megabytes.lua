-- It describes itself in 12 million lines of nothing.
-- expect: shown
-- command: show
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", description = ("\n"):rep(12000000), run = function() end }
