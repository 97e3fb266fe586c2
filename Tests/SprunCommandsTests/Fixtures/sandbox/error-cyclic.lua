-- Ends with a table that holds itself.
-- expect: refused "(the error value is a table)"
local cycle = { code = "cpu_limit", message = "x" }
cycle.cycle = cycle
error(cycle)
