-- Says a letter with a million marks on it.
-- expect: harmless
sp.log("e" .. ("\u{301}\u{323}"):rep(1000000))
print("harmless")
