-- Imports from addresses that nobody asked for.
-- expect: refused "import"
import "https://127.0.0.1:1/x.lua#sha256=" .. ("0"):rep(64)
print("ESCAPED: it was imported")
