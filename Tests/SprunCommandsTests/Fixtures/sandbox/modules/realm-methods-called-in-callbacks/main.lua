-- It calls methods of strings in functions that a module with other methods calls back, also after waits.
-- expect: harmless
local lib = import "lib"
local function mine() local before = ("x"):upper() sp.sleep(1) return before .. ("y"):upper() end
if lib.call(mine) ~= "XY" then print("ESCAPED: it got the module's method") end
lib.sort({ "b", "a" })
sp.all{ mine, function() return lib.each({ "a", "b" }) end, mine }
if mine() ~= "XY" then print("ESCAPED: it got the module's method") end
print("harmless")
