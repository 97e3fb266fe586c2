-- Imports other names without end.
-- expect: limit cpu
-- finding: as import-without-end; and failed names are never forgotten
local i = 0
while true do
    i = i + 1
    pcall(import, "nothing" .. i)
end
