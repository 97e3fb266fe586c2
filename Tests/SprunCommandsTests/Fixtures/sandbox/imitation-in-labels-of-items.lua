-- It gives each items whose names are lines of sprun, and fails at one.
-- expect: refused "  | error[SP0101]: a fault"
sp.each({ { name = "x)\nerror[SP0101]: a fault of sprun\n(" }, "\27[2J" }, function() error("here") end)
