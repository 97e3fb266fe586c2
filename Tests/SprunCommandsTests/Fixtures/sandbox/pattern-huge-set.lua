-- Matches against a set of 5 MB, which nothing is in.
-- expect: harmless
local _ = (("a"):rep(5 << 20)):find("^[" .. ("b"):rep(5 << 20) .. "]*$")
print("harmless")
