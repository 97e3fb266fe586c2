-- It imports two libraries of the same name in their headers, which ask for a secret of the same name.
-- expect: harmless
local one, other = import "lib", import "sub/lib"
local seal, text = one.ask()
local other_seal, other_text = other.ask()
local mine = sp.secret("password")
if seal == other_seal or text == other_text then print("ESCAPED: they share a secret") end
if mine == seal or mine == other_seal or mine:reveal() == text or mine:reveal() == other_text then print("ESCAPED: it shares theirs") end
print("harmless")
