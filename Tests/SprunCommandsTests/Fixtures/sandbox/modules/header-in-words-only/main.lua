-- A module says that it has a header, and has none.
-- expect: harmless
assert(not pcall(import, "lib1"))
assert(not pcall(import, "lib2"))
assert(not pcall(import, "lib3"))
print("harmless")
