-- Its header contains itself.
-- expect: refused "a table that contains itself"
local header = { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
header.params = header
return recipe(header)
