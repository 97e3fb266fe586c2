-- A parameter has no number as its default.
-- expect: refused "default"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.number{ default = 0/0 } }, run = function() print("harmless") end }
