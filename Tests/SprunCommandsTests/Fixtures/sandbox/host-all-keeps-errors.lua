-- Keeps the errors of 100,000 calls that fail in the host.
-- expect: limit cpu
local failures = {}
for i = 1, 1e9 do failures[i % 20000 + 1] = select(2, pcall(sp.create_app, { name = "x" .. i, bad = i })) end
