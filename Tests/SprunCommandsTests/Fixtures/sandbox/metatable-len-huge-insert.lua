-- Inserts at the front of a table that says it has 2^40 elements.
-- expect: limit cpu
table.insert(setmetatable({}, { __len = function() return 1 << 40 end, __newindex = function() end }), 1, "x")
