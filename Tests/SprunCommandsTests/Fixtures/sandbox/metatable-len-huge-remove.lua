-- Removes the first of 2^40 elements that are not there.
-- expect: limit cpu
table.remove(setmetatable({}, { __len = function() return 1 << 40 end, __newindex = function() end }), 1)
