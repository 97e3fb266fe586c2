-- Asks string.format for the address of a table, behind a NUL.
-- expect: harmless
local can, text = pcall(string.format, "\0%p", {})
if can and text:find("0x", 1, true) then print("ESCAPED", text) end
print("harmless")
