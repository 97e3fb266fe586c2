-- Ends with a table that shares its parts, so that it would multiply out to 10^12 values.
-- expect: refused "(the error value is a table)"
local value = true
for _ = 1, 6 do
    local next_value = {}
    for i = 1, 100 do next_value[i] = value end
    value = next_value
end
error(value)
