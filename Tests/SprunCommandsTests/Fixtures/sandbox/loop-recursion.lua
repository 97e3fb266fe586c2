-- Calls itself until the stack ends.
-- expect: limit depth
local function deep(n) return 1 + deep(n + 1) end
deep(0)
