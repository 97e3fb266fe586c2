-- Passes a table 100,000 times that had 250,000 keys and is empty now, which takes its 13 bytes and all of the time.
-- expect: limit cpu
local emptied, rows = {}, {}
for i = 1, 250000 do emptied["k" .. i] = true end
for i = 1, 250000 do emptied["k" .. i] = nil end
for i = 1, 100000 do rows[i] = emptied end
pcall(sp.log, rows)
