-- Is a function of 30,000 labels, each compared with all others.
-- expect: harmless
local text = {}
for i = 1, 30000 do text[i] = "::l" .. i .. ":: x = 1 " end
assert(load(table.concat(text)))
print("harmless")
