-- Waits and waits, and computes next to nothing; waits take no time here.
-- expect: limit cpu
-- finding: what the host computes for functions that wait is charged to nobody; where waits take no time, the loop goes on
while true do sp.sleep(0) end
