-- Its header is a list of a million.
-- expect: limit memory
local header = { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
for i = 1, 1000000 do header[i] = i end
return recipe(header)
