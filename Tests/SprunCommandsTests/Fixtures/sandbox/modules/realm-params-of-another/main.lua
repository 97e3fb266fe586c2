-- It gives an imported recipe a table that the recipe changes, and looks whether its own parameters change.
-- expect: harmless
local lib = import "lib"
local given = { a = "mine" }
lib(given)
if given.a ~= "mine" or rawget(sp.params, "b") then print("ESCAPED: it changed what is not its own") end
print("harmless")
