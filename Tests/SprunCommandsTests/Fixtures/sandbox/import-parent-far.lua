-- Imports what lies far above its folder.
-- expect: refused "import"
import "../../../../../../../etc/passwd"
print("ESCAPED: it was imported")
