-- A value of 60 kB does not match its pattern.
-- expect: refused 64 "does not match the pattern"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.string{ default = ("x"):rep(60000), pattern = "^y" } }, run = function() print("harmless") end }
