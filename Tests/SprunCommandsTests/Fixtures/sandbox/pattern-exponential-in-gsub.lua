-- Replaces with an exponential pattern.
-- expect: limit cpu
local _ = (("a"):rep(30)):gsub(("a-"):rep(30) .. "b", "")
