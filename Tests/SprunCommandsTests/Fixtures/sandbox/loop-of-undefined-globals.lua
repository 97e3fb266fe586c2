-- Reads globals that are not defined among 200,000 that are, each of which could be meant.
-- expect: limit cpu
for i = 1, 200000 do _G["name" .. i] = true end
while true do pcall(function() return nam end) end
