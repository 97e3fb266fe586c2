-- Ends with an error whose __tostring never ends.
-- expect: limit cpu
-- finding: the kind of the error is taken before __tostring spends the time: exit status 1
error(setmetatable({}, { __tostring = function() while true do end end }))
