-- Is a function of 200,000 constants.
-- expect: harmless
local text = { "return {" }
for i = 1, 200000 do text[#text + 1] = i .. ".5," end
text[#text + 1] = "}"
assert(load(table.concat(text)))()
print("harmless")
