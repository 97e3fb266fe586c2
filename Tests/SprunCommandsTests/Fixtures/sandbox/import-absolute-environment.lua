-- Imports the environment of the process.
-- expect: refused "import"
import "/proc/self/environ"
print("ESCAPED: it was imported")
