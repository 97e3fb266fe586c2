-- Waits and waits, and computes next to nothing; waits take no time here.
-- expect: limit cpu
while true do sp.sleep(0) end
