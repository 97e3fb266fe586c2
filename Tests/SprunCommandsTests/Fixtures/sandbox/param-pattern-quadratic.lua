-- The pattern of a parameter goes over a long text from each of its places.
-- expect: limit cpu
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.string{ default = ("a"):rep(60000), pattern = ".-b" } }, run = function() print("harmless") end }
