-- Imports by a locator with the transport of git that runs commands.
-- expect: refused "import"
import "ext::sh -c touch% ESCAPED//x@v1"
print("ESCAPED: it was imported")
