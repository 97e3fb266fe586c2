-- Parameters have names that are none.
-- expect: refused "must contain only letters, digits and _"
local p = param.string{}
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { ["\27[2J"] = p, [""] = p, ["a\0b"] = p, ["__index"] = p, ["a b"] = p, ["\u{202e}"] = p, [("x"):rep(100000)] = p }, run = function() print("harmless") end }
