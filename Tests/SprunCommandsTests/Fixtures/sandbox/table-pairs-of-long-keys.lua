-- Walks keys that differ after their first 20,000 bytes.
-- expect: limit cpu
local t, prefix = {}, ("x"):rep(20000)
for i = 1, 1500 do t[prefix .. i] = true end
while true do pairs(t) end
