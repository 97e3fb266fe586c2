-- Lets memory end while an error is made, and while it is described.
-- expect: limit memory
local kept = {}
local x <close> = setmetatable({}, { __close = function() kept[#kept + 1] = ("y"):rep(1 << 20) end })
local can, message = pcall(function() for i = 1, 1e9 do kept[i] = { i } end end)
error(message)
