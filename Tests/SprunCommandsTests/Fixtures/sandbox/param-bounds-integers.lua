-- A parameter has a bound that is no number for people: math.maxinteger.
-- expect: refused 64 "at least"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = {
    a = param.integer{ min = math.maxinteger, default = 5 }, b = param.number{ min = math.maxinteger, default = 5.5 },
    c = param.string{ min = math.maxinteger, default = "x" }, d = param.list{ min = math.maxinteger, default = { "x" } },
}, run = function() print("harmless") end }
