-- Is a function of 201 local variables.
-- expect: refused "too many local variables"
local names = {}
for i = 1, 201 do names[i] = "v" .. i end
assert(load("local " .. table.concat(names, ",")))
