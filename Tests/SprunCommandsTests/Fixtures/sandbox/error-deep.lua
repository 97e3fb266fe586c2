-- Ends with a table of 100,000 levels.
-- expect: refused "(the error value is a table)"
local deep = {}
for i = 1, 100000 do deep = { deep } end
error(deep)
