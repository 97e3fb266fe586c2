-- Ends with a message of 20 MB.
-- expect: refused "xxxx"
error(("x"):rep(20000000), 0)
