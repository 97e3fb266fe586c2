-- The pattern of a parameter and its value are sequences for terminals.
-- expect: refused 64 "does not match the pattern"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.string{ default = "\27[2J\0\7", pattern = "\27]0;x\7" } }, run = function() print("harmless") end }
