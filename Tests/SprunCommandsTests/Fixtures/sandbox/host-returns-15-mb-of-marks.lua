-- Returns letters with marks on them, 6 MB of them.
-- expect: harmless
print("harmless")
return { x = ("e\u{301}"):rep(2000000) }
