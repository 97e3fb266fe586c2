-- The iterators that pairs gives are called with what is not a table.
-- expect: harmless
for _, iterator in ipairs{ (pairs{ 1, 2, 3 }), (pairs{ a = 1 }) } do
    for _, value in ipairs{ 0x4141414141, "text", true, print, coroutine.create(print), sp.null } do
        if pcall(iterator, value, 0) then print("ESCAPED") end
    end
    if pcall(iterator) or pcall(iterator, nil, 0) then print("ESCAPED") end
    for _ in iterator, {}, math.mininteger do print("ESCAPED") end
end
if pcall(table.sort, { 3, 2, 1 }, (pairs{ 1, 2, 3 })) then print("ESCAPED") end
print("harmless")
