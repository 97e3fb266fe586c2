-- Asks for secrets whose names differ in bytes alone, and look equal.
-- expect: harmless
-- finding: names are Swift strings, which are equal when they look equal: two secrets are one
if sp.secret("\u{e9}") == sp.secret("e\u{301}") then print("ESCAPED") end
print("harmless")
