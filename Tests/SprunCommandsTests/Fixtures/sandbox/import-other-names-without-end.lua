-- Imports other names without end.
-- expect: limit cpu
local i = 0
while true do
    i = i + 1
    pcall(import, "nothing" .. i)
end
