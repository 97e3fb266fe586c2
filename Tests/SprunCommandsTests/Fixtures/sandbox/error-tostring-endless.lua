-- Ends with an error whose __tostring never ends.
-- expect: limit cpu
error(setmetatable({}, { __tostring = function() while true do end end }))
