-- Makes 300 secrets and prints long texts, out of which each has to be taken.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes; each text is searched for each secret
for i = 1, 300 do sp.secret("s" .. i) end
local text = ("x"):rep(1 << 20)
while true do sp.log(text) end
