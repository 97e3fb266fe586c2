-- The pattern of a parameter would be more complex than C has stack, if it were matched there.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.string{ default = ("x"):rep(300000), pattern = ("x?"):rep(300000) } }, run = function() print("harmless") end }
