-- Ends with a table of 500,000 strings.
-- expect: refused "(the error value is a table)"
local huge = {}
for i = 1, 500000 do huge[i] = "x" .. i end
error(huge)
