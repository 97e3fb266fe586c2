-- Its name has four megabytes, with what is not allowed in it.
-- expect: refused "name has more than 500 bytes"
return recipe { name = ("X"):rep(1 << 22), version = ("1."):rep(1 << 20), summary = "s", run = function() print("harmless") end }
