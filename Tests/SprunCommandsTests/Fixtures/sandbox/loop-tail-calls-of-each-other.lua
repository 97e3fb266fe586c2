-- Calls one another without end.
-- expect: limit cpu
local even
local function odd(n) return even(n + 1) end
function even(n) return odd(n + 1) end
even(0)
