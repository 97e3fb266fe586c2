-- It describes itself in 5 million lines that begin with a dot, on a man page.
-- expect: refused "description has more than 16 KiB"
-- command: doc --man
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", description = ("\n."):rep(5000000), run = function() end }
