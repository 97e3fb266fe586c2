-- Asks for secrets of lengths that are none.
-- expect: refused "length must be an integer from 8 to 200"
for _, length in ipairs{ 0, 7, 201, -1, 8.5, math.maxinteger, math.mininteger, "x", {}, sp.null } do
    if pcall(sp.secret, "x", { length = length }) then print("ESCAPED") end
end
pcall(sp.secret, "x", { lenght = 8 })
pcall(sp.secret, "x", { 1, 2 })
sp.secret("x", { length = 1 << 62 })
