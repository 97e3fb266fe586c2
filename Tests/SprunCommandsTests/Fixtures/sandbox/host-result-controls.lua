-- Sets a result with control characters in keys and values.
-- expect: harmless
sp.result{ ["\27[2J"] = "\27]0;x\7", ["a\nb"] = "c\rd", [""] = "\0", ["\u{9b}x"] = { "\27[31m", "\u{202e}" } }
print("harmless")
