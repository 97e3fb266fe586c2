-- Computes without end before its header, and catches what stops it.
-- expect: limit cpu
while true do
    pcall(function() while true do end end)
end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
