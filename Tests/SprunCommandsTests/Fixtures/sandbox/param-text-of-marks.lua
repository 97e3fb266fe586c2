-- The length of a text of 30,000 combining marks is asked for.
-- expect: refused 64 "at most 1 characters"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.string{ default = "x" .. ("\u{301}"):rep(30000) .. "x", max = 1 } }, run = function() print("harmless") end }
