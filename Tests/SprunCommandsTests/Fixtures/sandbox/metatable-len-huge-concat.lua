-- Concatenates a table that says it has 2^40 elements, all of them empty.
-- expect: limit cpu
table.concat(setmetatable({}, { __len = function() return 1 << 40 end, __index = function() return "" end }))
