-- A parameter has a default of 200 levels.
-- expect: refused "nested"
local deep = {}
for i = 1, 200 do deep = { deep } end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.list{ default = deep } }, run = function() print("harmless") end }
