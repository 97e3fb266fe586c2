-- Its header has texts of four megabytes.
-- expect: refused "summary has more than 500 bytes"
local text = ("x"):rep(1 << 21)
return recipe { name = "hostile", version = "1.0.0", summary = text, description = text, author = text, run = function() print("harmless") end }
