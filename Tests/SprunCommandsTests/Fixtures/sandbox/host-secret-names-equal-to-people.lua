-- Asks for secrets whose names differ in bytes alone, and look equal: they are one, each time.
-- expect: harmless
assert(sp.secret("\u{e9}") == sp.secret("e\u{301}"))
assert(sp.secret("\u{e9}") ~= sp.secret("e"))
print("harmless")
