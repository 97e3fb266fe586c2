-- It declares parameters that can each be one of 1,000 words.
-- expect: shown
-- command: show
local values = {}
for i = 1, 1000 do values[i] = ("v"):rep(40) .. i end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe",
    params = { a = param.enum{ values = values }, b = param.enum{ values = values } }, run = function() end }
