-- Unpacks 900,000 values at once.
-- expect: limit depth
string.unpack(("b"):rep(1100000), ("x"):rep(1100000))
