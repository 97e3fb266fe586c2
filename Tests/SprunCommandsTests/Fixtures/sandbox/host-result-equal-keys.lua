-- Sets a result with keys that differ in bytes alone, and look equal.
-- expect: harmless
sp.result{ ["\u{e9}"] = "composed", ["e\u{301}"] = "decomposed", ["\u{1e69}"] = 1, ["s\u{323}\u{307}"] = 2 }
print("harmless")
