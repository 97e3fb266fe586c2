-- Is one text of 20 MB.
-- expect: harmless
assert(#load("return '" .. ("x"):rep(10 << 20) .. "'")() == 10 << 20)
print("harmless")
