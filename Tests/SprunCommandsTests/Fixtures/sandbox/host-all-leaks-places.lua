-- Runs batch after batch, each function at a place that the host may remember.
-- expect: limit cpu
while true do
    sp.all{ function() sp.time() sp.random(2) end, function() sp.log("x") end }
end
