-- Imports a name with a zero in it.
-- expect: refused "import"
import "nothing\0/../../x"
print("ESCAPED: it was imported")
