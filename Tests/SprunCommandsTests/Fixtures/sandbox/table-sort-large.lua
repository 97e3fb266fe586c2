-- Sorts 500,000 texts that share their first 1,000 bytes.
-- expect: limit cpu
local t, prefix = {}, ("x"):rep(1000)
for i = 1, 30000 do t[i] = prefix .. i * 7919 % 30000 end
while true do table.sort(t) end
