-- A recipe without the need has a recipe of its own return a secret at wrong places, and reads the errors.
-- expect: harmless
-- finding: the error for a name that is not in returns has the text of the secret
import "lib"{ s = "token-of-" .. "the-importer" }
print("harmless")
