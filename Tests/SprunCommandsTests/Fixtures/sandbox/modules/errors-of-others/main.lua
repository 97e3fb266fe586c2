-- A module raises errors that its importer trusts, with fields like those of the host.
-- expect: harmless
for i = 1, 5 do
    local ok, found = pcall(import, "lib" .. i)
    if ok and type(found) == "table" and found.fail then ok, found = pcall(found.fail) end
    assert(not ok)
    pcall(tostring, found)
    if type(found) == "table" then pcall(function() found.code = "x" found.new = 1 end) end
end
print("harmless")
