-- Modules give what cannot be given.
-- expect: harmless
for i = 1, 9 do pcall(import, "lib" .. i) end
print("harmless")
