-- A hundred parameters have patterns that take long each.
-- expect: limit cpu
local params = {}
for i = 1, 100 do params["p" .. i] = param.string{ default = ("a"):rep(19), pattern = ("a-"):rep(19) .. "b" } end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = params, run = function() print("harmless") end }
