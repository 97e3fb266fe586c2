-- Its name has four megabytes, with what is not allowed in it.
-- expect: refused "name must be of a-z, 0-9 and -"
return recipe { name = ("X"):rep(1 << 22), version = ("1."):rep(1 << 20), summary = "s", run = function() print("harmless") end }
