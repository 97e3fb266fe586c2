-- Imports what lies above its folder.
-- expect: refused "import"
import "../output"
print("ESCAPED: it was imported")
