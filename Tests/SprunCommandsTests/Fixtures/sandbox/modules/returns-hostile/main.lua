-- An imported recipe gives other things than its header says.
-- expect: harmless
local lib = import "lib"
for i = 1, 8 do assert(not pcall(lib, { i = i }), "ESCAPED: " .. i) end
print("harmless")
