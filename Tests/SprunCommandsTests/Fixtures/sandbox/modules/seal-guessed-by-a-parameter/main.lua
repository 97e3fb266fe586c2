-- A recipe without the need gives a recipe of its own guesses as secrets, and compares their seals with its importer's.
-- expect: harmless
import "lib"{ s = "token-of-" .. "the-importer" }
print("harmless")
