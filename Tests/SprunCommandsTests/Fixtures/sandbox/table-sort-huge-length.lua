-- Sorts a table that says it has 2^31 - 2 elements.
-- expect: limit cpu
table.sort(setmetatable({}, { __len = function() return (1 << 31) - 2 end }))
