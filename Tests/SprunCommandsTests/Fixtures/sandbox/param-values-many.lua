-- A word is none of 100,000.
-- expect: refused "is not one of"
local values = {}
for i = 1, 100000 do values[i] = "word" .. i end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.enum{ values = values, default = "wrod1" } }, run = function() print("harmless") end }
