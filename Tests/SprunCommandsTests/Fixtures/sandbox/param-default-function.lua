-- A parameter has a function as its default.
-- expect: refused "default cannot be"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.string{ default = print } }, run = function() print("harmless") end }
