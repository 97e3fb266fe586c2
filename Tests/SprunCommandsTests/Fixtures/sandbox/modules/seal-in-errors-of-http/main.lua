-- A recipe without the need gives http its importer's secret as host, option, header and words, and reads the errors.
-- expect: harmless
-- finding: errors of http that name a host, an option, a header or a member have the text of the secret
import "lib"{ s = "token-of-" .. "the-importer" }
print("harmless")
