-- Loads what is no text but can become it.
-- expect: harmless
if load(42) then print("ESCAPED") end
print("harmless")
