-- Ends with a message of 20 MB.
-- expect: refused "xxxx"
-- finding: what Swift holds is not counted, and a message has no most
error(("x"):rep(20000000), 0)
