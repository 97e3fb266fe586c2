-- Fills a table with 2^26 keys that are no positions.
-- expect: limit memory
local t = {}
for i = 1, 1 << 26 do t[-i] = i end
