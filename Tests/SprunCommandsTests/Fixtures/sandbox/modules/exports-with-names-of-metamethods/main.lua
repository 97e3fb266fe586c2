-- It imports a library whose exports are called like metamethods.
-- expect: harmless
local ok, lib = pcall(import, "lib")
if ok then
    if tostring(lib):find("ESCAPED") or lib.nothing ~= nil then print("ESCAPED: an export is a metamethod") end
    for name in pairs(lib) do pcall(lib[name]) end
end
print("harmless")
