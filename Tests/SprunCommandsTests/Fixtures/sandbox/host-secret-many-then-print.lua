-- Makes 300 secrets and prints long texts, out of which each has to be taken.
-- expect: limit cpu
for i = 1, 300 do sp.secret("s" .. i):reveal() end
local text = ("x"):rep(1 << 20)
while true do sp.log(text) end
