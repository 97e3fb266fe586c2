-- A module gives back tables with metamethods, which its importer uses: it gets copies without them.
-- expect: harmless
local lib = import "lib"
pcall(sp.log, lib.text)
pcall(function() return lib.x end)
for _ in pairs(lib) do end
print("harmless")
