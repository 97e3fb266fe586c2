-- Reads and reads the simulated account.
-- expect: limit cpu
while true do sp.servers() end
