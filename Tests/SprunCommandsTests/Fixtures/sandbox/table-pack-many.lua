-- Packs as many elements as the stack holds, and packs them again.
-- expect: limit cpu
while true do pcall(function() return table.pack(table.unpack({}, 1, 480000)) end) end
