-- A recipe without the need gives a recipe of its own guesses as secrets, and compares their seals with its importer's.
-- expect: harmless
-- finding: a guess has the same seal as the secret, so a secret of few possibilities is found by trying
import "lib"{ s = "token-of-" .. "the-importer" }
print("harmless")
