-- Imports a name of sequences for terminals.
-- expect: refused "import"
import "\27[2J\27]0;x\7\u{9b}31m"
print("ESCAPED: it was imported")
