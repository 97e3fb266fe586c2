-- Is one expression of 500,000 additions.
-- expect: harmless
load("return 1" .. ("+x"):rep(500000))
load("return x" .. (".x"):rep(500000))
load("return x" .. ("()"):rep(500000))
print("harmless")
