-- Finds a text of 1 MB in one of 10 MB, where nearly every place begins like it.
-- expect: limit cpu
local _ = (("a"):rep(10 << 20)):find(("a"):rep(1 << 20) .. "b", 1, true)
