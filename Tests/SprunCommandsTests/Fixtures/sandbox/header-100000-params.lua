-- Declares 100,000 parameters.
-- expect: limit memory
local declaration, params = param.string{}, {}
for i = 1, 100000 do params["p" .. i] = declaration end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = params, run = function() print("harmless") end }
