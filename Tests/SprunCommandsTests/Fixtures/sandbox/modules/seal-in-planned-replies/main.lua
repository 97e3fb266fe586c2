-- A recipe without the need plans a reply of http and ssh that has its importer's secret, and reads the reply.
-- expect: harmless
import "lib"{ s = "token-of-" .. "the-importer" }
print("harmless")
