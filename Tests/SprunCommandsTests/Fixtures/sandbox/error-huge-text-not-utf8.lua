-- Ends with 10 MB of bytes that are no text.
-- expect: refused "SP0202"
-- finding: what Swift holds is not counted, and a message has no most
error(("\xff"):rep(10000000), 0)
