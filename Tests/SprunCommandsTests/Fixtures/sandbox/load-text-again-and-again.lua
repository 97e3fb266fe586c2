-- Loads a large text again and again: each load is one instruction.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local text = ("x=1 "):rep(1 << 20)
while true do load(text) end
