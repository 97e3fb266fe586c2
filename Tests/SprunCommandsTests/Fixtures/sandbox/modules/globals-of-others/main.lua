-- A module looks for the globals of its importer.
-- expect: harmless
secret_of_main = "ESC" .. "APED"
local lib = import "lib"
assert(not lib.found and not rawget(_G, "from_lib"), "ESCAPED")
print("harmless")
