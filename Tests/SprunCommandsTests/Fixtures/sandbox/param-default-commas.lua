-- A list is a text of 30,000 commas.
-- expect: refused 64 "empty item in its list"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.list{ default = (" ,"):rep(30000) } }, run = function() print("harmless") end }
