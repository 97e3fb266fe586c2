-- Its header has metamethods that do not end.
-- expect: refused "name is missing"
local function endless() while true do end end
return recipe(setmetatable({}, { __index = endless, __pairs = endless, __len = endless, __name = "x" }))
