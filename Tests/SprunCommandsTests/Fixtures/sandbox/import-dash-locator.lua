-- Imports a locator whose reference reads like an option.
-- expect: refused "import"
import "github.com/a/b/c@--upload-pack=touch ESCAPED"
print("ESCAPED: it was imported")
