-- Looks for a balanced end from each of a million opening brackets.
-- expect: limit cpu
local _ = (("("):rep(1000000)):find("%b()")
