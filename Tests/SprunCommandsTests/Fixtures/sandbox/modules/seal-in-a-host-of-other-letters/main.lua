-- It asks a host whose name is a secret, and the error, which names the host in small letters, is shown.
-- expect: refused "the host of a URL cannot be a secret"
import "lib"{ s = "Token-Of-" .. "The-Importer" }
