-- Passes a table that shares its parts, so that it would multiply out to 10^12 values.
-- expect: refused 8 "larger than the 16777216 bytes that can be passed"
-- finding: a limit of size was passed, and the exit status is 1 and the code SP0202
local value = true
for _ = 1, 6 do
    local outer = {}
    for i = 1, 100 do outer[i] = value end
    value = outer
end
sp.create_app(value)
