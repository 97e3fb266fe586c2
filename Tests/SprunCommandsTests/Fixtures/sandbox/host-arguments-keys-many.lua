-- Passes a table of 300,000 fields, none of which is known.
-- expect: limit cpu
-- finding: every unknown field is a problem with a nearest name of its own, without a most; what the host computes for functions that wait is charged to nobody; where waits take no time, the loop goes on
local fields = {}
for i = 1, 200000 do fields["nam" .. i] = i end
while true do pcall(sp.apps, fields) end
