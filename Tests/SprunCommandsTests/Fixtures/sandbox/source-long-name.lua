-- Has a name of 10 MB.
-- expect: refused "attempt to call a nil value"
-- finding: names in messages have no most, and what Swift holds is not counted
load(("x"):rep(10 << 20) .. " = 1")()
load(("x"):rep(10 << 20) .. "()", "x", "t", {})()
