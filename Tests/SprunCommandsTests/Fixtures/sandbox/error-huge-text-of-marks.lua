-- Ends with a message of 5 MB of marks that combine to one character.
-- expect: refused "e"
error("e" .. ("\u{301}"):rep(2500000), 0)
