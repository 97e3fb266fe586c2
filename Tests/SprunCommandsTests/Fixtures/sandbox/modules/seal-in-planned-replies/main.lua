-- A recipe without the need plans a reply of http and ssh that has its importer's secret, and reads the reply.
-- expect: harmless
-- finding: the planned reply comes with the text of the secret, also in sprun plan, where secrets are real
import "lib"{ s = "token-of-" .. "the-importer" }
print("harmless")
