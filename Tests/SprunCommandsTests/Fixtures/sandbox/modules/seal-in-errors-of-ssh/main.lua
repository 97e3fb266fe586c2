-- A recipe without the need gives ssh its importer's secret as host, user, path, mode and option, and reads the errors.
-- expect: harmless
import "lib"{ s = "token-of-" .. "the-importer" }
print("harmless")
