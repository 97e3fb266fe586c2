-- Its header has tables that say what they are where text is wanted.
-- expect: refused "summary must be a string"
local t = setmetatable({}, { __tostring = function() return "hostile" end, __name = "string", __concat = print })
return recipe { name = t, version = t, summary = t, run = function() print("harmless") end }
