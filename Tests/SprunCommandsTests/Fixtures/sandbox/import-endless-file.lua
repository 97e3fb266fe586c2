-- Imports a file without an end.
-- expect: refused "import"
import "/dev/zero"
print("ESCAPED: it was imported")
