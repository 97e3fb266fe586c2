-- A list of lists, sixty of them.
-- expect: refused "a list cannot contain list values"
local list = param.string{}
for i = 1, 100 do list = param.list{ of = list } end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = list }, run = function() print("harmless") end }
