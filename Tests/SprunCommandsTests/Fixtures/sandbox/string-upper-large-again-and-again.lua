-- Makes a text of 20 MB upper-case again and again.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local text = ("x"):rep(20 << 20)
while true do text:upper() end
