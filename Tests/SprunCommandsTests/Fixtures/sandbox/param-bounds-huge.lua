-- A parameter has a bound that is no number for people: 1e300.
-- expect: refused 64 "at least"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = {
    a = param.integer{ min = 1e300, default = 5 }, b = param.number{ min = 1e300, default = 5.5 },
    c = param.string{ min = 1e300, default = "x" }, d = param.list{ min = 1e300, default = { "x" } },
}, run = function() print("harmless") end }
