-- Imports itself.
-- expect: refused "circle"
import "import-itself"
print("ESCAPED: it was imported")
