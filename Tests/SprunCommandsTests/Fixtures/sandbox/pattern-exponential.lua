-- Matches with a pattern that tries every division of a text.
-- expect: limit cpu
-- finding: one call of C is not interrupted
local _ = (("a"):rep(30)):find(("a-"):rep(30) .. "b")
