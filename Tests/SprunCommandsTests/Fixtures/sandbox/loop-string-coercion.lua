-- Loops over texts that become numbers.
-- expect: limit cpu
local n = "0"
while true do n = tostring((n + 1) % 7) .. "" end
