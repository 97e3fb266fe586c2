-- Returns a text of 15 MB.
-- expect: limit memory
print("harmless")
return { x = ("x"):rep(15000000) }
