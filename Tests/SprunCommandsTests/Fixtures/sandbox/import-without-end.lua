-- Imports what is not there, without end.
-- expect: limit cpu
-- finding: what the host computes for functions that wait is charged to nobody; where waits take no time, the loop goes on
while true do pcall(import, "nothing") end
