-- Imports a name with line ends in it.
-- expect: refused "import"
import "nothing\n\rfoo"
print("ESCAPED: it was imported")
