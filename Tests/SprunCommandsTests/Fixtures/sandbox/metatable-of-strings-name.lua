-- Gives its table of strings a name that is none.
-- expect: refused "bad argument"
string.__name = ("x"):rep(1e6)
math.floor("x")
