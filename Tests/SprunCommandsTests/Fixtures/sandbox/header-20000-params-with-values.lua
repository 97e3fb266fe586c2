-- Declares 20,000 parameters, each with a value.
-- expect: refused "params has more than 1000 names"
local declaration, params = param.string{ default = "x" }, {}
for i = 1, 20000 do params["p" .. i] = declaration end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = params, run = function() print("harmless") end }
