-- Says more than can be passed.
-- expect: refused 8 "larger than the 16777216 bytes that can be passed"
sp.log(("x"):rep(30 << 20))
