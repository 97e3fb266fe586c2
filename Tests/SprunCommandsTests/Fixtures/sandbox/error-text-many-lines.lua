-- Ends with a message of a million lines.
-- expect: refused "SP0202"
error(("x\n"):rep(1000000), 0)
