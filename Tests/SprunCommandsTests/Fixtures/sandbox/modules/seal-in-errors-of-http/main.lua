-- A recipe without the need gives http its importer's secret as host, option, header and words, and reads the errors.
-- expect: harmless
import "lib"{ s = "token-of-" .. "the-importer" }
print("harmless")
