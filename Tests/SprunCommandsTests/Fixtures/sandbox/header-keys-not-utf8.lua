-- Its header has keys that are not UTF-8.
-- expect: refused "UTF-8"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end, ["\xff\xfe"] = 1 }
