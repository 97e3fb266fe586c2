-- The pattern of a parameter is none.
-- expect: refused "malformed pattern"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.string{ default = "x", pattern = "[%" } }, run = function() print("harmless") end }
