-- A list of lists of lists, each value of which is a list by itself.
-- expect: refused "a list cannot contain list values"
local list = param.integer{ default = 1 }
for i = 1, 40 do list = param.list{ of = list, default = 1 } end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = list }, run = function() print("harmless") end }
