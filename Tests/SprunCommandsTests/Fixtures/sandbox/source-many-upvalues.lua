-- Is a function that uses 256 variables of others.
-- expect: refused "too many upvalues"
local text = {}
for i = 1, 2 do
    text[#text + 1] = "return function() local a" .. i .. "_0"
    for j = 1, 150 do text[#text + 1] = ", a" .. i .. "_" .. j end
    text[#text + 1] = " = 1;"
end
text[#text + 1] = "return function() return a1_0"
for i = 1, 2 do for j = 1, 150 do text[#text + 1] = " + a" .. i .. "_" .. j end end
text[#text + 1] = " end end end"
assert(load(table.concat(text)))
