-- Takes __close away before the variable is closed.
-- expect: refused "metamethod 'close'"
local metatable = { __close = function() end }
do
    local x <close> = setmetatable({}, metatable)
    metatable.__close = nil
end
