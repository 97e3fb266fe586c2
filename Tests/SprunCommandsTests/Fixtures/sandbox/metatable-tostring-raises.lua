-- Lets __tostring raise, in everything that asks for one.
-- expect: refused "from within"
local value = setmetatable({}, { __tostring = function() error("from within") end })
if pcall(tostring, value) or pcall(print, value) or pcall(string.format, "%s", value) then print("ESCAPED") end
print("a", value, "b")
