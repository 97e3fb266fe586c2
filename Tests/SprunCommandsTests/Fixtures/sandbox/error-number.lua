-- Ends with a number that is none.
-- expect: refused "nan"
error(0 / 0)
