-- It imports two libraries of the same name in their headers, which ask for a secret of the same name.
-- expect: harmless
local one, other = import "lib", import "sub/lib"
if one.ask() == other.ask() then print("ESCAPED: they share a secret") end
if sp.secret("password") == one.ask() then print("ESCAPED: it shares theirs") end
print("harmless")
