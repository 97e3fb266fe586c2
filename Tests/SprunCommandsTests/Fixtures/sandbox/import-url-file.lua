-- Imports from a repository that was not got.
-- expect: refused "import"
import "file:///tmp//x@v1"
print("ESCAPED: it was imported")
