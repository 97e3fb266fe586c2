-- Walks a table whose __pairs is pairs.
-- expect: limit depth
for _ in pairs(setmetatable({}, { __pairs = pairs })) do end
