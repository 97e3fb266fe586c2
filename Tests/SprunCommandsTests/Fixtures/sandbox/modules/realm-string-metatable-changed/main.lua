-- It lets a module change the methods of strings, and calls methods on its own and the module's strings.
-- expect: harmless
local lib = import "lib"
local ok, found = pcall(function() return ("x"):shout() end)
if ok then print("ESCAPED: it has a method of another: " .. tostring(found)) end
assert(("x"):upper() == "X" and ("%d"):format(1) == "1", "ESCAPED")
local co = coroutine.wrap(function() return ("y"):upper() end)
assert(co() == "Y", "ESCAPED")
print("harmless")
