-- A recipe without the need has a recipe of its own return a secret at wrong places, and reads the errors.
-- expect: harmless
import "lib"{ s = "token-of-" .. "the-importer" }
print("harmless")
