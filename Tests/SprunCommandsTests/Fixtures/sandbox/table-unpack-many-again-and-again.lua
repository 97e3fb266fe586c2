-- Unpacks 500,000 elements again and again.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
while true do pcall(table.unpack, {}, 1, 900000) end
