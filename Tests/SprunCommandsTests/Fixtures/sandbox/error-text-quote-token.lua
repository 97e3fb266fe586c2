-- Ends with a message that quotes a word of its line, with quotes all over.
-- expect: refused "SP0202"
error("''" .. ("'"):rep(1000000) .. "x'", 0)
