-- A list is a text of a million commas.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.list{ default = (" ,"):rep(1000000) } }, run = function() print("harmless") end }
