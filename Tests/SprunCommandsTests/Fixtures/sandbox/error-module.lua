-- Ends with the module sp as the error.
-- expect: refused "(the error value is a table)"
error(sp)
