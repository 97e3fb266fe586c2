-- A parameter has a bound that is no number for people: 0/0.
-- expect: refused "min must be a number"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = {
    a = param.integer{ min = 0/0, default = 5 }, b = param.number{ min = 0/0, default = 5.5 },
    c = param.string{ min = 0/0, default = "x" }, d = param.list{ min = 0/0, default = { "x" } },
}, run = function() print("harmless") end }
