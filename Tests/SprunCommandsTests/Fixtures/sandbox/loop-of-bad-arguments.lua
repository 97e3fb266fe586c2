-- Makes errors for which Lua looks among 200,000 globals for the name of a function.
-- expect: limit cpu
for i = 1, 200000 do _G["name" .. i] = true end
while true do pcall(string.rep) end
