-- A parameter has a bound that is no number for people: math.huge.
-- expect: refused "min must be a number"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = {
    a = param.integer{ min = math.huge, default = 5 }, b = param.number{ min = math.huge, default = 5.5 },
    c = param.string{ min = math.huge, default = "x" }, d = param.list{ min = math.huge, default = { "x" } },
}, run = function() print("harmless") end }
