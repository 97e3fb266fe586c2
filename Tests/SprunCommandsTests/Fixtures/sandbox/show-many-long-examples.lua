-- It gives 900 examples of 10 kB each, without a blank in them.
-- expect: refused "examples has more than 50 entries"
-- command: show
local all = {}
for i = 1, 900 do all[i] = ("e"):rep(10000) .. i end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", examples = all, run = function() end }
