-- Replaces with an exponential pattern.
-- expect: limit cpu
-- finding: one call of C is not interrupted
local _ = (("a"):rep(30)):gsub(("a-"):rep(30) .. "b", "")
