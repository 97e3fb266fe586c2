-- Loads a large text again and again: each load is one instruction.
-- expect: limit cpu
local text = ("x=1 "):rep(1 << 20)
while true do load(text) end
