-- Ends with a message whose line number is of digits that are none of ASCII.
-- expect: refused "SP0202"
error("error-text-like-a-position-digits.lua:\u{661}\u{662}: x", 0)
