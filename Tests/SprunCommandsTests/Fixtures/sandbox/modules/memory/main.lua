-- A module takes all memory while it is read, and its importer goes on.
-- expect: harmless
assert(not pcall(import, "lib"))
print("harmless")
