-- It describes itself in 4 million letters with a mark each.
-- expect: refused "description has more than 16 KiB"
-- command: show
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", description = ("e\u{301}"):rep(4000000), run = function() end }
