-- Declares parameters without end.
-- expect: limit cpu
while true do param.string{} end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
