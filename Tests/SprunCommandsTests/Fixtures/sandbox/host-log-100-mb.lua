-- Says more than can be passed.
-- expect: refused 8 "larger than the 16777216 bytes that can be passed"
-- finding: a limit of size was passed, and the exit status is 1 and the code SP0202
sp.log(("x"):rep(30 << 20))
