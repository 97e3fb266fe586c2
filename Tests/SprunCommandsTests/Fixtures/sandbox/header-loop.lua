-- Computes without end before its header.
-- expect: limit cpu
while true do end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
