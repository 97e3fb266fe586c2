-- It describes itself in 4 million tabs, each of which is shown as four blanks.
-- expect: refused "description has more than 16 KiB"
-- command: show
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", description = ("\t"):rep(4000000), run = function() end }
