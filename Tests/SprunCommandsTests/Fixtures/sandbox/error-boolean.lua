-- Ends with the error false.
-- expect: refused "(the error value is a boolean)"
error(false)
