-- The pattern of a parameter backtracks without end.
-- expect: limit cpu
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.string{ default = ("a"):rep(40), pattern = ("a-"):rep(40) .. "b" } }, run = function() print("harmless") end }
