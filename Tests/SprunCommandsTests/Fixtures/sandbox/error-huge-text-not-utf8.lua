-- Ends with 10 MB of bytes that are no text.
-- expect: refused "SP0202"
error(("\xff"):rep(10000000), 0)
