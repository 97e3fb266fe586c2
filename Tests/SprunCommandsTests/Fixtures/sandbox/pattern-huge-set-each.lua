-- Matches each letter of 1 MB against a set of 1 MB.
-- expect: silent
local _ = (("a"):rep(1 << 20)):find("[" .. ("b"):rep(1 << 20) .. "]")
