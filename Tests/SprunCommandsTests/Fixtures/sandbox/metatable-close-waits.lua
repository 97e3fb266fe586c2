-- Waits in __close, where the run ends and where it fails.
-- expect: refused "first"
do
    local x <close> = setmetatable({}, { __close = function() sp.sleep(1) end })
end
local y <close> = setmetatable({}, { __close = function() sp.sleep(1) error("last") end })
error("first")
