-- The pattern of a parameter would be more complex than C has stack, if it were matched there.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.string{ default = ("x"):rep(60000), pattern = ("x?"):rep(1024) } }, run = function() print("harmless") end }
