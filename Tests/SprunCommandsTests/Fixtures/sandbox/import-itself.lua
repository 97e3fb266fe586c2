-- Imports itself.
-- expect: refused "circular import"
import "import-itself"
print("ESCAPED: it was imported")
