-- A list has 7,000 values that are wrong.
-- expect: refused 64 "error[SP0211]"
local values = {}
for i = 1, 7000 do values[i] = "x" .. i end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.list{ of = param.integer{}, default = values } }, run = function() print("harmless") end }
