-- Imports by the transport of git that runs commands.
-- expect: refused "import"
import "ext::sh -c 'touch ESCAPED'"
print("ESCAPED: it was imported")
