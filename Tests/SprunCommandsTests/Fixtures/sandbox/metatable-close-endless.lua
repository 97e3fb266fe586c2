-- Closes a variable with a function that never ends.
-- expect: limit cpu
do
    local x <close> = setmetatable({}, { __close = function() while true do end end })
end
