-- Unpacks 500,000 elements again and again.
-- expect: limit cpu
while true do pcall(table.unpack, {}, 1, 900000) end
