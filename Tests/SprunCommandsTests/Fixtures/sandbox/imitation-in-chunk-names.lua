-- It fails in chunks whose names look like positions and lines of sprun.
-- expect: refused "SP0202"
local function inner() error("at the end") end
local call = load("local f = ... return (function() f() end)()", "@x:1\nerror[SP0101]: a fault of sprun\n --> y")
local other = load("local f, g = ... g(f)", "=\27[2K\rerror[SP0101]: the key is wrong")
other(inner, call)
