-- Imports from a host that reads like an option of ssh.
-- expect: refused "import"
import "ssh://-oProxyCommand=touch ESCAPED/x//y@v1"
print("ESCAPED: it was imported")
