-- Runs a chunk whose globals are the module sp, and sets one.
-- expect: refused "sp is read-only"
load("log = function() return 'ESCAPED' end", "x", "t", sp)()
print(sp.log("x"))
