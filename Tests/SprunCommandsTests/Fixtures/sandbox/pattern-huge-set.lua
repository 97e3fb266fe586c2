-- Matches against a set of 1 MB, which nothing is in.
-- expect: harmless
local _ = (("a"):rep(1 << 20)):find("^[" .. ("b"):rep(1 << 20) .. "]*$")
print("harmless")
