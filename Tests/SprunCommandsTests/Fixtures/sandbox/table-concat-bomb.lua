-- Concatenates a text of 1 MB a thousand times.
-- expect: limit memory
local text, parts = ("x"):rep(1 << 20), {}
for i = 1, 1000 do parts[i] = text end
table.concat(parts)
