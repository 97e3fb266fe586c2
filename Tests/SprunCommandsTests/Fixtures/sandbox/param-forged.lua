-- Writes declarations by hand.
-- expect: refused "must be declared with a function of param"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = {
    a = { param = "string", place = math.mininteger }, b = { param = "integer", place = math.maxinteger, default = 1 },
    c = { param = "string", place = "x" }, d = { param = "nothing" }, e = { param = {} }, f = "string", g = print,
    h = setmetatable({}, { __index = { param = "string" } }),
}, run = function() print("harmless") end }
