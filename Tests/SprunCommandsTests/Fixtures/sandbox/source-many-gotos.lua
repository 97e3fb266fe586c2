-- Is a function of 30,000 jumps to a label at its end.
-- expect: harmless
load(("do goto e end "):rep(30000) .. "::e::")
print("harmless")
