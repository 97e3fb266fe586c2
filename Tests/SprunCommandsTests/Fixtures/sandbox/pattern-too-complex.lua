-- Matches with a pattern that recurses deeper than C may.
-- expect: silent
local _ = (("a"):rep(300000)):match((("a?"):rep(300000)))
