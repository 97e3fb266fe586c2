-- An imported recipe computes without end, and its importer catches what stops it.
-- expect: limit cpu
local lib = import "lib"
pcall(lib)
print("ESCAPED: it was not stopped")
