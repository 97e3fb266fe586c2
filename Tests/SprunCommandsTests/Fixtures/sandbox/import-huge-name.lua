-- Imports a name of a megabyte.
-- expect: refused "import"
import (("a/"):rep(500000))
print("ESCAPED: it was imported")
