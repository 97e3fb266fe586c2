-- Imports a table that says its name.
-- expect: refused "import"
import (setmetatable({}, { __tostring = function() return "audit" end, __name = "string" }))
print("ESCAPED: it was imported")
