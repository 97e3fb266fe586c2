-- A list has 10,000 values, each of which is checked.
-- expect: harmless
local values = {}
for i = 1, 10000 do values[i] = i end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.list{ of = param.integer{}, default = values } },
    run = function(p) print(#p.a == 10000 and "harmless") end }
