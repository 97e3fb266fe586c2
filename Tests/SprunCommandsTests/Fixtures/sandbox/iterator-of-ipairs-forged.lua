-- It calls the iterator that ipairs gives with values that are no lists and positions that are none.
-- expect: harmless
local iterator = ipairs{}
for _, value in ipairs{ 1, true, print, coroutine.create(print) } do
    if pcall(iterator, value, 0) then print("ESCAPED: it read a field of a " .. type(value)) end
end
for _, position in ipairs{ "x", {}, 1.5, math.huge, print } do
    if pcall(iterator, { 1 }, position) then print("ESCAPED: it took a position") end
end
assert(iterator({ [math.mininteger] = 1 }, math.maxinteger) == math.mininteger)
print("harmless")
