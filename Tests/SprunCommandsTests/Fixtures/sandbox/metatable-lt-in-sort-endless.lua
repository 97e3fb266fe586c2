-- Sorts tables whose comparison never ends.
-- expect: limit cpu
local function tables() return setmetatable({}, { __lt = function() while true do end end }) end
table.sort{ tables(), tables(), tables() }
