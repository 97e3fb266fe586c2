-- Passes a table that holds itself.
-- expect: refused "a table that contains itself cannot be passed"
local cycle = { name = "x" }
cycle.domains = { cycle }
sp.create_app(cycle)
