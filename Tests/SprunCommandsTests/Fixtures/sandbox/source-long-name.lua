-- Has a name of 10 MB.
-- expect: refused "attempt to call a nil value"
load(("x"):rep(10 << 20) .. " = 1")()
load(("x"):rep(10 << 20) .. "()", "x", "t", {})()
