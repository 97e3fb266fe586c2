-- Ends with all globals as the error.
-- expect: refused "(the error value is a table)"
error(_G)
