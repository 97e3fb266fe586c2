-- Imports a file that waits for somebody to write.
-- expect: refused "import"
import "/dev/stdin"
print("ESCAPED: it was imported")
