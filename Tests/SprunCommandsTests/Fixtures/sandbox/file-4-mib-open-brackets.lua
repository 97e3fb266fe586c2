-- Is 4 MiB of opening brackets.
-- expect: refused "C stack overflow"
-- pad: 4194000 {
local x = {
