-- It gives an imported recipe of 900 parameters thousands that it does not have, without end.
-- expect: limit cpu
local lib = import "lib"
local given = {}
for i = 1, 5000 do given["parameter_of_the_libraries_" .. i] = "x" end
for _ = 1, 1e9 do pcall(lib, given) end
