-- Calls itself until the stack ends, catches it, and does it again.
-- expect: limit cpu
local function deep(n) return 1 + deep(n + 1) end
while true do pcall(deep, 0) end
