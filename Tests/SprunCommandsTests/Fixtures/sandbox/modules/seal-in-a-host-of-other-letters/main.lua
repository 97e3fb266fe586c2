-- It asks a host whose name is a secret, and the error, which names the host in small letters, is shown.
-- expect: refused "<redacted>"
-- finding: the hint has the host in small letters, which are not taken out
import "lib"{ s = "Token-Of-" .. "The-Importer" }
