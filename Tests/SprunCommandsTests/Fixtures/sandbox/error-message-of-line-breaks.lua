-- It ends with an error of 10 million line breaks.
-- expect: refused "SP0202"
error(("\n\r\u{85}"):rep(2000000))
