-- It prints and raises a letter with so many marks that they cover the lines above.
-- expect: refused "SP0202"
local text = "e" .. ("\u{301}\u{489}\u{20dd}"):rep(500)
print(text)
sp.log(text)
error(text, 0)
