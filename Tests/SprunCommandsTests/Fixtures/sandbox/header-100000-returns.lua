-- Says that it gives 100,000 things, and gives them.
-- expect: refused "returns has more than 1000 names"
local returns, result = {}, {}
for i = 1, 100000 do
    returns["p" .. i] = "string"
    result["p" .. i] = "x"
end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", returns = returns, run = function() return result end }
