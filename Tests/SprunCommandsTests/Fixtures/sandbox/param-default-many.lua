-- A list has 100,000 values, each of which is checked.
-- expect: harmless
local values = {}
for i = 1, 100000 do values[i] = i end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.list{ of = param.integer{}, default = values } },
    run = function(p) print(#p.a == 100000 and "harmless") end }
