-- Its header is 100,000 levels deep.
-- expect: refused "nested"
local deep = {}
for i = 1, 100000 do deep = { deep } end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = deep, run = function() print("harmless") end }
