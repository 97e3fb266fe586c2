-- Concatenates nothing with separators of 1 MB.
-- expect: limit memory
local parts = {}
for i = 1, 10000 do parts[i] = "" end
table.concat(parts, ("x"):rep(1 << 20))
