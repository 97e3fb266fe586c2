-- Imports nothing.
-- expect: refused "import"
import ""
print("ESCAPED: it was imported")
