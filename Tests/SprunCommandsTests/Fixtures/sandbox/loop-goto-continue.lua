-- Jumps between labels, with closures and variables to close on the way.
-- expect: limit cpu
do
    ::first::
    local x <close> = setmetatable({}, { __close = function() end })
    local f = function() return x end
    goto first
end
