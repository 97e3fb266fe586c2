-- Replaces in 100 kB with a pattern that looks to the end from every letter.
-- expect: limit cpu
local _ = (("a"):rep(300000)):gsub(".-b", "")
