-- It looks for empty matches from positions far outside of a text of 1 MB.
-- expect: harmless
local text = ("x"):rep(1 << 20)
for _, start in ipairs{ #text + 1, #text + 2, -#text - 5, math.maxinteger, math.mininteger } do
    for place, nothing in text:gmatch("()(y*)$", start) do
        if place > #text + 1 or nothing ~= "" then print("ESCAPED") end
        break
    end
end
print("harmless")
