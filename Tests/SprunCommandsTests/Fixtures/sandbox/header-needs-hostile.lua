-- Needs what there is not.
-- expect: refused "needs"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "*", "%", "sysusers\0", "\27[2J" }, ssh = "yes", all = true, root = true }, run = function() print("harmless") end }
