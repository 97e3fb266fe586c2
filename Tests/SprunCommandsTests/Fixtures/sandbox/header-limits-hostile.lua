-- Its limits are no numbers that can be.
-- expect: refused "limits.create must be an integer of at least 0"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", limits = { create = -1, delete = 0/0 }, run = function() print("harmless") end }
