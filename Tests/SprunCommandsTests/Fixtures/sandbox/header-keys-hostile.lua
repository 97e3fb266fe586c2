-- Its header has keys that are no names.
-- expect: refused "key"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end, ["\27[2J"] = 1, ["\0"] = 2, ["a\nb"] = 3, ["\u{202e}x"] = 4 }
