-- Runs batch after batch, each function at a place that the host may remember.
-- expect: limit cpu
-- finding: what the host computes for functions that wait is charged to nobody; where waits take no time, the loop goes on; what is counted by place is never forgotten
while true do
    sp.all{ function() sp.time() sp.random(2) end, function() sp.log("x") end }
end
