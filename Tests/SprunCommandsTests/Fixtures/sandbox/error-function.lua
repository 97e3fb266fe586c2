-- Ends with a function as the error.
-- expect: refused "(the error value is a function)"
error(function() return "ESCAPED" end)
