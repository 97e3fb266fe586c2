-- It describes itself in 2,000 letters that are two columns wide, with marks.
-- expect: shown
-- command: show
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", description = ("\u{4e2d}\u{301}\u{302} "):rep(2000), run = function() end }
