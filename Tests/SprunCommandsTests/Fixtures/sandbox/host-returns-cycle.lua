-- Returns a table that holds itself.
-- expect: refused "a table that contains itself cannot be passed"
local cycle = {}
cycle.x = cycle
return cycle
