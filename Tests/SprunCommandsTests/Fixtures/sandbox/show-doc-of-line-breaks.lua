-- It describes itself in 12 million line breaks, on a page.
-- expect: refused "description has more than 16 KiB"
-- command: doc
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", description = ("\n"):rep(12000000), run = function() end }
