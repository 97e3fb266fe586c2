-- Its version and that of sprun are numbers without end.
-- expect: refused "version must be numbers separated by dots"
return recipe { name = "x", version = "99999999999999999999.1", sprun = ">=" .. ("9"):rep(100000), summary = "s", run = function() print("harmless") end }
