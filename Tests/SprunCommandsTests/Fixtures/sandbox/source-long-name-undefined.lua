-- Reads an undefined global whose name has 5 MB.
-- expect: refused "undefined global"
load("return " .. ("x"):rep(5 << 20))()
