-- Modules import one another in a circle, and catch that.
-- expect: harmless
for i = 1, 100 do pcall(import, "a") end
print("harmless")
