-- Passes a table that shares its parts, so that it would multiply out to 10^12 values.
-- expect: limit memory
local value = true
for _ = 1, 6 do
    local outer = {}
    for i = 1, 100 do outer[i] = value end
    value = outer
end
sp.create_app(value)
