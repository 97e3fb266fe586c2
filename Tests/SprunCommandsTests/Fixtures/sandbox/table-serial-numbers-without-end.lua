-- Asks for the text of table after table, which the host numbers.
-- expect: limit memory
local kept = {}
for i = 1, 1e9 do
    kept[i] = {}
    tostring(kept[i])
end
