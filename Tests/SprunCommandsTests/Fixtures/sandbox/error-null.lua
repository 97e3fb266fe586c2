-- Ends with null as the error.
-- expect: refused "null"
error(sp.null)
