-- Ends with the error nil.
-- expect: refused "(the error value is a nil)"
error(nil)
