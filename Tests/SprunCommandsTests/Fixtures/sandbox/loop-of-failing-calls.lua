-- Makes calls that fail without end, and keeps their errors.
-- expect: limit cpu
local failures = {}
for i = 1, 1e9 do failures[i % 100000] = select(2, pcall(sp.random, -1)) end
