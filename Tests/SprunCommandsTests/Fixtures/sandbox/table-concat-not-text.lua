-- Concatenates what is no text.
-- expect: refused "invalid value (table) at index 1"
for _, value in ipairs{ {}, true, print, sp.null } do pcall(table.concat, { value }) end
table.concat{ setmetatable({}, { __tostring = function() return "ESCAPED" end }) }
