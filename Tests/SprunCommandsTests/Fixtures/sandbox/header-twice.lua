-- Has a second header that needs more.
-- expect: refused "the file already has a header"
local function first() return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end } end
first()
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, run = function() print("harmless") end }
