-- Fails in one line of 4 MiB.
-- expect: refused "attempt to call a nil value"
-- finding: the line of an excerpt is held as characters of 16 bytes
-- pad: 4194000 xxxxxxxxxxxxxxxxxxxxxxxxxxx
local x x() --