-- Packs as many elements as the stack holds, and packs them again.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
while true do pcall(function() return table.pack(table.unpack({}, 1, 480000)) end) end
