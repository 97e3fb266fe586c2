-- Gives strings a name that is none.
-- expect: refused "bad argument"
getmetatable("").__name = ("x"):rep(1e6)
math.floor("x")
