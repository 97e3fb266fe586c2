-- Catches the end of the time in __close.
-- expect: limit cpu
local function again() while true do pcall(function() while true do end end) end end
local x <close> = setmetatable({}, { __close = again })
pcall(again)
again()
