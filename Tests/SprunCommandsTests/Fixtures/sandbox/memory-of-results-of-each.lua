-- It has each keep 100,000 results of 1 MB each, of which the host waits for all.
-- expect: limit memory
local items = {}
for i = 1, 100000 do items[i] = i end
sp.each(items, function(i) sp.sleep(0) return i .. ("x"):rep(1000000) end, { limit = 3 })
print("ESCAPED")
