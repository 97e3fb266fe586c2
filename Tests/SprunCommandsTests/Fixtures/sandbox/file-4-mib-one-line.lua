-- Fails in one line of 4 MiB.
-- expect: refused "attempt to call a nil value"
-- pad: 4194000 xxxxxxxxxxxxxxxxxxxxxxxxxxx
local x x() --