-- Computes without end where it is shown.
-- expect: limit cpu
-- command: show
while true do pcall(function() while true do end end) end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
