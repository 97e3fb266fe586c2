-- Has a number of 2 MB.
-- expect: refused "malformed number"
load("return " .. ("9"):rep(2 << 20))
load("return 0x" .. ("f"):rep(2 << 20))
load("return 1e" .. ("9"):rep(2 << 20))
assert(load("return 1" .. ("."):rep(2 << 20)))
