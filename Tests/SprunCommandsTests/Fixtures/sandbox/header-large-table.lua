-- Its header has 100,000 unknown keys.
-- expect: refused "unknown key"
local header = { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
for i = 1, 100000 do header["k" .. i] = true end
return recipe(header)
