-- Says that there is a header, and replaces recipe.
-- expect: refused "but never calls recipe{}"
local recipe = function(header) return header end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, run = function() print("harmless") end }
