-- It describes itself in 10 million line breaks, on a man page.
-- expect: refused "description has more than 16 KiB"
-- command: doc --man
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", description = ("\n"):rep(10000000), run = function() end }
