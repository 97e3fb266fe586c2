-- Asks for random numbers of ranges that are none.
-- expect: refused "interval is empty"
math.random(math.mininteger, math.maxinteger)
math.random(0)
for _, bounds in ipairs{ { 1, math.mininteger }, { math.maxinteger, 1 }, { 1.5 }, { 0 / 0 }, { math.huge }, { -1 }, { {} } } do
    pcall(math.random, table.unpack(bounds))
    pcall(sp.random, table.unpack(bounds))
end
pcall(math.random, 1, 2, 3)
sp.random(math.maxinteger)
math.random(2, 1)
