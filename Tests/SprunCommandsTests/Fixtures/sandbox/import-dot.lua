-- Imports its folder.
-- expect: refused "import"
import "."
print("ESCAPED: it was imported")
