-- Calls itself without end, which takes no stack.
-- expect: limit cpu
local function again() return again() end
again()
