-- Fills a table with 2^26 entries.
-- expect: limit memory
local t = {}
for i = 1, 1 << 26 do t[i] = i end
