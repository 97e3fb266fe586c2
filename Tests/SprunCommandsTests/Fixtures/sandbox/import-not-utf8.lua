-- Imports a name that is not UTF-8.
-- expect: refused "UTF-8"
import "\xff\xfe"
print("ESCAPED: it was imported")
