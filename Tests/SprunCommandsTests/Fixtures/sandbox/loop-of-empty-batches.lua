-- Runs nothing side by side, without end.
-- expect: limit cpu
-- finding: what the host computes for functions that wait is charged to nobody; where waits take no time, the loop goes on
while true do sp.all{} end
