-- Passes tables that answer differently at each read.
-- expect: refused "SP0204"
local reads = 0
local lying = setmetatable({}, { __index = function()
    reads = reads + 1
    return reads % 2 == 0 and "../x" or "app"
end, __len = function() return 1e9 end, __pairs = function() return function() return "name", "x" end end })
pcall(sp.apps, lying)
pcall(sp.wait, lying)
if reads > 0 then print("ESCAPED") end
sp.create_app(lying)
