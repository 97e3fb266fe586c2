-- Imports a file of the machine.
-- expect: refused "import"
import "/etc/passwd"
print("ESCAPED: it was imported")
