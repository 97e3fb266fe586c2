-- Makes the text of a table from its text.
-- expect: limit depth
print(setmetatable({}, { __tostring = function(self) return "x" .. tostring(self) end }))
