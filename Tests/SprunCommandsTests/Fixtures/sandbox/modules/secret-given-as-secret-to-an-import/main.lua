-- It gives an imported recipe a text as a secret, which both print from then on.
-- expect: harmless
local text = "ESC" .. "APED-given-as-a-secret"
local lib = import "lib"
local made = lib{ s = text }
print(text, made.s, made.text)
print("harmless")
