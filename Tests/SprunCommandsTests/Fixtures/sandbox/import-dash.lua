-- Imports what reads like an option.
-- expect: refused "import"
import "-x"
print("ESCAPED: it was imported")
