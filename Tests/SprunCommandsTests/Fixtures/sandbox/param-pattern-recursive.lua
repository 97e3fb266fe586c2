-- The pattern of a parameter is more complex than C has stack.
-- expect: refused "pattern too complex"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.string{ default = ("x"):rep(300000), pattern = ("x?"):rep(300000) } }, run = function() print("harmless") end }
