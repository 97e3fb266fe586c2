-- Exports 100,000 functions.
-- expect: refused "exports has more than 1000 names"
local exports = {}
for i = 1, 100000 do exports["f" .. i] = print end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", exports = exports }
