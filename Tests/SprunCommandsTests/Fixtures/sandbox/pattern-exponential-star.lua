-- Matches with 20 stars and a letter that is missing.
-- expect: limit cpu
local _ = (("a"):rep(40)):match(("a*"):rep(25) .. "b")
