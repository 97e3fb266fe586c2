-- Walks a table without end, by its __index.
-- expect: limit cpu
for _ in ipairs(setmetatable({}, { __index = function() return 1 end })) do end
