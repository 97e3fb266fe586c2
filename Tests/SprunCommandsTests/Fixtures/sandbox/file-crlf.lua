-- Has the line ends of Windows.
-- expect: harmless
local text = [[a
b]]
if text ~= "a\nb" then print("ESCAPED") end
print("harmless")
