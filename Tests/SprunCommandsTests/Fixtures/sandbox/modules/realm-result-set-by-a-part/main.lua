-- It lets an imported part set the result of the run, at once, later, and by a function that it gives away.
-- expect: harmless
local lib = import "lib"
if pcall(lib.set, { x = "ESC" .. "APED" }) then print("ESCAPED: it set the result") end
if pcall(sp.all, { function() lib.set({ x = 1 }) end }) then print("ESCAPED: it set the result") end
if pcall(lib.f(), { x = 1 }) then print("ESCAPED: its function set the result") end
print("harmless")
