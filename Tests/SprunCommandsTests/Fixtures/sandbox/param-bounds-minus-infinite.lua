-- A parameter has a bound that is no number for people: -math.huge.
-- expect: refused "max must be a number"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = {
    a = param.integer{ max = -math.huge, default = 5 }, b = param.number{ max = -math.huge, default = 5.5 },
    c = param.string{ max = -math.huge, default = "x" }, d = param.list{ max = -math.huge, default = { "x" } },
}, run = function() print("harmless") end }
