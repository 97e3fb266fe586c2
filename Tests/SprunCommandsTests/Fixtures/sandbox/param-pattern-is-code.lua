-- The pattern of a parameter reads like Lua.
-- expect: refused 64 "does not match the pattern"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.string{ default = "x", pattern = '") print("ESC" .. "APED") -- ]] os.exit()' } }, run = function() print("harmless") end }
