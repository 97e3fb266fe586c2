-- Returns a text of 15 MB.
-- expect: harmless
print("harmless")
return { x = ("x"):rep(15000000) }
