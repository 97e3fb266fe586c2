-- A recipe without the need gives ssh its importer's secret as host, user, path, mode and option, and reads the errors.
-- expect: harmless
-- finding: errors of ssh that name a host, a path, a mode or an option have the text of the secret
import "lib"{ s = "token-of-" .. "the-importer" }
print("harmless")
