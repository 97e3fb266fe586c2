-- Matches each letter of 1 MB against a set of 1 MB.
-- expect: limit cpu
-- finding: one call of C is not interrupted
local _ = (("a"):rep(1 << 20)):find("[" .. ("b"):rep(1 << 20) .. "]")
