-- Matches with a pattern that tries every division of a text.
-- expect: limit cpu
local _ = (("a"):rep(30)):find(("a-"):rep(30) .. "b")
