-- Passes a table of 300,000 fields, none of which is known.
-- expect: limit cpu
local fields = {}
for i = 1, 200000 do fields["nam" .. i] = i end
while true do pcall(sp.apps, fields) end
